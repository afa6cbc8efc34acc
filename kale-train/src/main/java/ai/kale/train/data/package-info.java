/** Questions as token ids: what a training step reads, and which targets it must not see. */
@NullMarked
package ai.kale.train.data;

import org.jspecify.annotations.NullMarked;
