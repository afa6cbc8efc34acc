/**
 * Training: the loop, its checkpoints, the trainer of the fluent chain and the model it returns.
 *
 * <p>{@link ai.kale.train.KaleTrainer} is the short way; {@link ai.kale.train.TrainingLoop} is the
 * same loop for whoever brings a model, examples and objectives of their own.
 */
@NullMarked
package ai.kale.train;

import org.jspecify.annotations.NullMarked;
