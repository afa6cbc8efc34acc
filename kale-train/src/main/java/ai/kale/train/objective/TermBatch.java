package ai.kale.train.objective;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a term reads: the examples of one pass. Sequence {@code i} of the pass is example {@code
 * i}'s prompt and its completion without the last token, which is only ever a target. Row {@code
 * prompt.length - 1 + j} predicts token {@code j} of the completion.
 *
 * @param examples the examples, in the order of the sequences
 * @param completion what follows each prompt
 * @param teacher distributions for the rows of all answers, example by example, row by row; empty
 *     where no term needs them
 * @param layerCount layers of the model
 * @param step steps made before this one, from 0
 * @param firstExtra index of the first sequence that the reading term asked for beside the
 *     examples' own, see {@link Term#extraSequences}
 */
public record TermBatch(
    List<TrainingExample> examples,
    Completion completion,
    Optional<Distributions> teacher,
    int layerCount,
    int step,
    int firstExtra) {
  /** Copies the list. */
  public TermBatch {
    examples = List.copyOf(examples);
  }

  /**
   * A pass of the first step, without extra sequences.
   *
   * @param examples the examples
   * @param completion what follows each prompt
   * @param teacher distributions for the rows of all answers
   * @param layerCount layers of the model
   */
  public TermBatch(
      List<TrainingExample> examples,
      Completion completion,
      Optional<Distributions> teacher,
      int layerCount) {
    this(examples, completion, teacher, layerCount, 0, examples.size());
  }

  /**
   * The same pass in another step.
   *
   * @param done steps made before it, from 0
   * @return a new batch
   */
  public TermBatch atStep(int done) {
    return new TermBatch(examples, completion, teacher, layerCount, done, firstExtra);
  }

  TermBatch withFirstExtra(int index) {
    return new TermBatch(examples, completion, teacher, layerCount, step, index);
  }

  /**
   * The completion of an example.
   *
   * @param index which example
   * @return its tokens, the end-of-sequence token included
   */
  public int[] completionOf(int index) {
    return completion.of(examples.get(index));
  }

  /** The sequences of the examples, without the extra ones of any term. */
  public TokenBatch tokens() {
    List<int[]> sequences = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      sequences.add(join(examples.get(i).prompt(), completionOf(i)));
    }
    return new TokenBatch(sequences);
  }

  /**
   * A prompt and a completion without its last token.
   *
   * @param prompt token ids
   * @param completion token ids, at least one
   * @return {@code prompt.length + completion.length - 1} ids
   */
  public static int[] join(int[] prompt, int[] completion) {
    int[] all = Arrays.copyOf(prompt, prompt.length + completion.length - 1);
    System.arraycopy(completion, 0, all, prompt.length, completion.length - 1);
    return all;
  }
}
