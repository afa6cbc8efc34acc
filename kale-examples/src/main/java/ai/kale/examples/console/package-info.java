/** What the examples share on the command line: progress, exit codes, a clean stop. */
@NullMarked
package ai.kale.examples.console;

import org.jspecify.annotations.NullMarked;
