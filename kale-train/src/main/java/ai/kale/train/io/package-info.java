/** Files of this module: JSON, hashes, and writing whole or not at all. */
@NullMarked
package ai.kale.train.io;

import org.jspecify.annotations.NullMarked;
