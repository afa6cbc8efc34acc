/** Training data in the forms that other training tools read, and a card that says what it is. */
@NullMarked
package ai.kale.export;

import org.jspecify.annotations.NullMarked;
