/** Tests of the tensor engine. */
@NullMarked
package ai.kale.train.djl;

import org.jspecify.annotations.NullMarked;
