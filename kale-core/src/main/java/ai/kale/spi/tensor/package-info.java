/**
 * The tensor engine SPI: what a trainer needs of a numerical back end, at the level of a model and
 * a step, not of single tensor operations.
 *
 * <p>A trainer turns its objective into {@link ai.kale.spi.tensor.LossTerm}s, each of which names
 * the rows (layer, sequence, position) it reads and what it wants of them; the engine runs one
 * forward and backward pass for all terms together. Token ids appear here and in kale-train only.
 */
@NullMarked
package ai.kale.spi.tensor;

import org.jspecify.annotations.NullMarked;
