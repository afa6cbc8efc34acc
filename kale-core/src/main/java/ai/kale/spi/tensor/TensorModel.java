package ai.kale.spi.tensor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
public interface TensorModel extends TokenPredictor, AutoCloseable {
  /** Number of transformer blocks. */
  int layerCount();

  /**
   * Runs one forward and backward pass and adds the gradient of the summed terms to the stored
   * gradients. If the pass fails half-way, such as for want of memory, the stored gradients are set
   * to zero; arguments that are refused leave them as they are.
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
   * The model with its adapter switched off, over the same weights: the frozen base as a teacher,
   * without a second copy. Lives as long as this model and is used by the same thread.
   *
   * @return the base; empty if the model was opened without an adapter
   */
  Optional<TokenPredictor> base();

  /**
   * Names of all parameters in a fixed order: those of the checkpoint in its naming, then those of
   * the adapter, if there is one, in PEFT's naming ({@code base_model.model.<module>.lora_A.weight}
   * of shape {@code [rank, in]} and {@code .lora_B.weight} of shape {@code [out, rank]}).
   */
  List<String> parameterNames();

  /**
   * Names of the parameters that {@link #step} changes, in the order of {@link #parameterNames}.
   */
  List<String> trainableParameterNames();

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
   * @param name one of {@link #trainableParameterNames()}
   * @return its gradient; zeros if nothing was accumulated
   * @throws ai.kale.error.InvalidInputException if there is no such parameter, or it is frozen
   */
  NamedTensor gradient(String name);

  /**
   * Writes the weights and configuration as a folder that {@link TensorEngine#open} reads back to a
   * model with the same results. An adapter is merged into the weights: {@code W + scale · B A}.
   * Files are replaced whole or not at all. The numbers are written as the model keeps them; see
   * {@link #save(Path, SaveOptions)}.
   *
   * @param checkpoint the folder, created if missing
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  default void save(Path checkpoint) {
    save(checkpoint, SaveOptions.asKept());
  }

  /**
   * {@link #save(Path)} with the number format and the size of files chosen. In {@link
   * Precision#BF16} the sum of a weight and its adapter is rounded to 8 significant bits, which may
   * swallow small updates; {@link Precision#F32} keeps them.
   *
   * @param checkpoint the folder, created if missing
   * @param options number format and file size
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  void save(Path checkpoint, SaveOptions options);

  /**
   * Writes the adapter alone, in PEFT's layout: {@code adapter_config.json} and {@code
   * adapter_model.safetensors}. {@link SavedAdapter} reads it back.
   *
   * @param folder created if missing; files are replaced whole or not at all
   * @param baseModel the name or path of the base model, for the configuration
   * @throws ai.kale.error.UnsupportedCapabilityException if the model has no adapter
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  void saveAdapter(Path folder, String baseModel);

  /**
   * Writes the optimizer's moments and step count, and where the dropout's random numbers stand.
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
