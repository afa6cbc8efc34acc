package ai.kale.spi.tensor;

import java.nio.file.Path;
import java.util.List;

/**
 * One decoder-only language model with its gradients and optimizer state.
 *
 * <p>Not safe for use by several threads at once; different models may be used on different
 * threads. Given the same weights, batches and machine, all results are the same bit for bit.
 *
 * <p>Layers are numbered 1 to {@link #layerCount()}: layer {@code l} is the residual stream after
 * block {@code l}. Rows of any layer are read through the final norm and the model's own head, so
 * the last layer gives the model's ordinary logits.
 */
public interface TensorModel extends AutoCloseable {
  /** Number of token ids; ids run from 0 to this, exclusive. */
  int vocabularySize();

  /** Number of transformer blocks. */
  int layerCount();

  /** Longest sequence, in tokens. */
  int maxPositions();

  /**
   * Runs one forward and backward pass and adds the gradient of the summed terms to the stored
   * gradients.
   *
   * @param batch the sequences
   * @param terms at least one; see {@link LossTerm} for the value of each
   * @return the value of each term, in order
   * @throws ai.kale.error.InvalidInputException if a token id, row or target is out of range
   */
  StepLosses accumulate(TokenBatch batch, List<LossTerm> terms);

  /**
   * Evaluates the terms as {@link #accumulate} does, without a gradient.
   *
   * @param batch the sequences
   * @param terms at least one
   * @return the value of each term, in order
   * @throws ai.kale.error.InvalidInputException if a token id, row or target is out of range
   */
  StepLosses evaluate(TokenBatch batch, List<LossTerm> terms);

  /**
   * Clips the stored gradients by their global norm, makes one AdamW step (Loshchilov and Hutter
   * 2019, decoupled weight decay, applied to parameters with two or more dimensions) and sets the
   * gradients to zero. A step without an {@link #accumulate} before it is one with gradients of
   * zero: it still decays weights and moments and counts as a step.
   *
   * @param adamW the hyperparameters of this step
   * @return the global L2 norm of the gradients before clipping; if it is not finite, no parameter
   *     was changed
   * @throws ai.kale.error.InvalidInputException if a hyperparameter is out of range
   */
  double step(AdamW adamW);

  /** Sets the stored gradients to zero without a step. */
  void zeroGradients();

  /**
   * Log-probabilities of given tokens, in nats.
   *
   * @param batch the sequences
   * @param rows the rows to read
   * @param targets one token id for each row
   * @return one value for each row
   * @throws ai.kale.error.InvalidInputException if a token id or row is out of range, or there is
   *     not one target for each row
   */
  float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets);

  /**
   * The {@code k} most probable tokens at each row and the mass of all others.
   *
   * @param batch the sequences
   * @param rows the rows to read
   * @param k 1 to {@link #vocabularySize()}; the latter gives the whole distribution
   * @param temperature divides the logits first; positive
   * @return the distributions, rows in order, tokens by falling probability, ties by token id
   * @throws ai.kale.error.InvalidInputException if an argument is out of range
   */
  Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature);

  /**
   * Greedy continuation of each prompt. The result for a prompt does not depend on the others.
   *
   * @param prompts token ids; none empty
   * @param maxNewTokens at least 1
   * @param stopToken generation of a sequence ends after this token, which is not returned; -1 for
   *     none
   * @return the new tokens of each prompt, without the stop token
   * @throws ai.kale.error.InvalidInputException if a prompt is empty, a prompt and {@code
   *     maxNewTokens} together are longer than {@link #maxPositions()}, or another argument is out
   *     of range
   */
  List<int[]> generate(List<int[]> prompts, int maxNewTokens, int stopToken);

  /** Names of all parameters, in the checkpoint's naming, in a fixed order. */
  List<String> parameterNames();

  /**
   * Copies a parameter out.
   *
   * @param name one of {@link #parameterNames()}
   * @return its values
   * @throws ai.kale.error.InvalidInputException if there is no such parameter
   */
  NamedTensor parameter(String name);

  /**
   * Overwrites a parameter.
   *
   * @param tensor name, shape and values; name and shape as in {@link #parameter}
   * @throws ai.kale.error.InvalidInputException if name or shape do not fit
   */
  void setParameter(NamedTensor tensor);

  /**
   * Copies the stored gradient of a parameter out.
   *
   * @param name one of {@link #parameterNames()}
   * @return its gradient; zeros if nothing was accumulated
   * @throws ai.kale.error.InvalidInputException if there is no such parameter
   */
  NamedTensor gradient(String name);

  /**
   * Writes the weights and configuration as a folder that {@link TensorEngine#open} reads back to a
   * model with the same results. Files are replaced whole or not at all.
   *
   * @param checkpoint the folder, created if missing
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  void save(Path checkpoint);

  /**
   * Writes the optimizer's moments and step count.
   *
   * @param file replaced whole or not at all; its folder must exist
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  void saveOptimizer(Path file);

  /**
   * Restores what {@link #saveOptimizer} wrote for a model of the same shape; training then
   * continues as if it had not stopped.
   *
   * @param file the file
   * @throws ai.kale.error.CorruptFileException if it is damaged or belongs to another shape
   * @throws ai.kale.error.SetupException if there is no such file or it cannot be read
   */
  void loadOptimizer(Path file);

  /**
   * An independent model with the same weights, zero gradients and an empty optimizer; close it.
   */
  TensorModel copy();

  /**
   * Frees native memory; further calls throw {@link IllegalStateException}, a second close does
   * nothing.
   */
  @Override
  void close();
}
