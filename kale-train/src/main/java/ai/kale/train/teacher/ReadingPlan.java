package ai.kale.train.teacher;

import ai.kale.error.InvalidInputException;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which order and passes a teacher reads a list of examples: the long prompts first, so that a
 * pass that does not fit into memory comes at once.
 */
final class ReadingPlan {
  private ReadingPlan() {}

  /** Numbers of the examples by the length of reading prompt and answer, the longest first. */
  static int[] order(List<TrainingExample> examples) {
    return IntStream.range(0, examples.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> -length(examples.get(i))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static List<int[]> passes(List<TrainingExample> examples, PassLimit limit) {
    return limit.split(order(examples), i -> length(examples.get(i)), i -> 1);
  }

  static int length(TrainingExample example) {
    return example.readingPrompt().length + example.answer().length - 1;
  }

  /**
   * First row of each example, and the row count at the end.
   *
   * @throws InvalidInputException if an example has no rationale, naming the question
   */
  static long[] offsets(List<TrainingExample> examples) {
    long[] offsets = new long[examples.size() + 1];
    for (int i = 0; i < examples.size(); i++) {
      TrainingExample example = examples.get(i);
      if (!example.hasRationale()) {
        throw new InvalidInputException(
            "question "
                + example.questionId()
                + " has no rationale for the teacher to read; synthesise one or leave it out");
      }
      offsets[i + 1] = offsets[i] + example.answer().length;
    }
    return offsets;
  }
}
