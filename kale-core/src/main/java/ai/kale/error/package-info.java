/**
 * Exceptions, sorted by what the caller does next: mend the input, mend the set-up, choose another
 * implementation, try again, or resume.
 */
@NullMarked
package ai.kale.error;

import org.jspecify.annotations.NullMarked;
