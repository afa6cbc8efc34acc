/** Files of what each training step did: JSON lines and TensorBoard events. */
@NullMarked
package ai.kale.train.metrics;

import org.jspecify.annotations.NullMarked;
