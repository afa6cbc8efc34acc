/** What several tests of this module share. */
@NullMarked
package ai.kale.testing;

import org.jspecify.annotations.NullMarked;
