/** Writes the training data in the forms that other training tools read. */
@NullMarked
package ai.kale.export;

import org.jspecify.annotations.NullMarked;
