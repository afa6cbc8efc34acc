/** Files of this module: JSON, folders and hashes. */
@NullMarked
package ai.kale.train.io;

import org.jspecify.annotations.NullMarked;
