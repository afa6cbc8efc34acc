/** Knowledge induction from the command line: questions in, verified rationales out. */
@NullMarked
package ai.kale.examples.induction;

import org.jspecify.annotations.NullMarked;
