package ai.kale.eval;

import ai.kale.error.InvalidInputException;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share of questions answered right: a question is right if the answer equals any of its gold
 * answers.
 *
 * @param correct how many are right
 * @param total how many there are, at least 1
 */
public record Accuracy(int correct, int total) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException unless {@code 0 ≤ correct ≤ total} and {@code total ≥ 1}
   */
  public Accuracy {
    if (correct < 0 || total < 1 || correct > total) {
      throw new IllegalArgumentException("not a share: " + correct + " of " + total);
    }
  }

  /**
   * Counts.
   *
   * @param correct for each question whether it is right
   * @return the share that is
   * @throws InvalidInputException if there is no question
   */
  public static Accuracy of(Collection<Boolean> correct) {
    if (correct.isEmpty()) {
      throw new InvalidInputException("no question to take the accuracy of");
    }
    return new Accuracy((int) correct.stream().filter(right -> right).count(), correct.size());
  }

  /**
   * Compares and counts.
   *
   * @param answers what the model said
   * @param golds for each answer what is right, any of them
   * @param match how to compare
   * @return the share that is right
   * @throws InvalidInputException if there is no question or the lists differ in length
   */
  public static Accuracy of(List<String> answers, List<List<String>> golds, ExactMatch match) {
    if (answers.size() != golds.size()) {
      throw new InvalidInputException(
          answers.size() + " answers for " + golds.size() + " questions; give one for each");
    }
    return of(
        IntStream.range(0, answers.size())
            .mapToObj(i -> match.matches(answers.get(i), golds.get(i)))
            .toList());
  }

  /** The share, {@code correct / total}, in [0, 1]. */
  public double value() {
    return (double) correct / total;
  }
}
