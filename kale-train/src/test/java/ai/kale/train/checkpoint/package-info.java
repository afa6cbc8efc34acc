/** Tests of checkpoints. */
@NullMarked
package ai.kale.train.checkpoint;

import org.jspecify.annotations.NullMarked;
