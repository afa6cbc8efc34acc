/** PathEnum, a program outside this project: its input files and its output. */
@NullMarked
package ai.kale.examples.bench.path.pathenum;

import org.jspecify.annotations.NullMarked;
