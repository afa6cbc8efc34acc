/** Runnable examples, one for each page of the documentation that shows code. */
@NullMarked
package ai.kale.examples;

import org.jspecify.annotations.NullMarked;
