/** The shipped graph of real-world facts and how it is made. */
@NullMarked
package ai.kale.examples.world;

import org.jspecify.annotations.NullMarked;
