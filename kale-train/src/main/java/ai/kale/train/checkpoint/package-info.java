/**
 * Checkpoints in Hugging Face layout, in pure Java: configuration, safetensors files, and
 * from-scratch initialisation.
 */
@NullMarked
package ai.kale.train.checkpoint;

import org.jspecify.annotations.NullMarked;
