package ai.kale.examples.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A split by group, so that paraphrases of one fact never straddle it, with its own draws: the
 * published tables of the quickstart were made with them. In your own code use {@link
 * ai.kale.dataset.QuestionSplits}, whose parts do not depend on the order of the questions.
 *
 * @param train questions to train on, all phrasings
 * @param validation one question of each held-out group, for tuning
 * @param test one question of each held-out group, looked at last
 */
public record QuestionSplit(List<Question> train, List<Question> validation, List<Question> test) {

  /**
   * Splits.
   *
   * @param questions all questions
   * @param trainGroups most groups to train on
   * @param validationGroups groups for validation
   * @param testGroups groups for test
   * @param seed of the shuffle
   * @return the split; test and validation shrink to a quarter of the groups each where there are
   *     few
   * @throws InvalidInputException if there are fewer than four groups
   */
  public static QuestionSplit byGroup(
      List<Question> questions, int trainGroups, int validationGroups, int testGroups, long seed) {
    Map<String, List<Question>> groups = groups(questions);
    if (groups.size() < 4) {
      throw new InvalidInputException(
          "only "
              + groups.size()
              + " groups of questions are usable; at least 4 are needed to split");
    }
    Random random = new Random(seed);
    List<List<Question>> order = new ArrayList<>(groups.values());
    Collections.shuffle(order, random);
    int test = Math.min(testGroups, order.size() / 4);
    int validation = Math.min(validationGroups, order.size() / 4);
    int train = Math.min(trainGroups, order.size() - test - validation);
    return new QuestionSplit(
        order.subList(test + validation, test + validation + train).stream()
            .flatMap(List::stream)
            .toList(),
        onePhrasing(order.subList(test, test + validation), random),
        onePhrasing(order.subList(0, test), random));
  }

  /**
   * Draws whole groups.
   *
   * @param questions all questions
   * @param groups most groups to draw
   * @param seed of the draw
   * @return the questions of the drawn groups, group by group
   */
  public static List<Question> sampleGroups(List<Question> questions, int groups, long seed) {
    List<List<Question>> order = new ArrayList<>(groups(questions).values());
    Collections.shuffle(order, new Random(seed));
    return order.subList(0, Math.min(groups, order.size())).stream().flatMap(List::stream).toList();
  }

  private static Map<String, List<Question>> groups(List<Question> questions) {
    Map<String, List<Question>> groups = new LinkedHashMap<>();
    questions.forEach(q -> groups.computeIfAbsent(q.group(), key -> new ArrayList<>()).add(q));
    return groups;
  }

  private static List<Question> onePhrasing(List<List<Question>> groups, Random random) {
    return groups.stream().map(group -> group.get(random.nextInt(group.size()))).toList();
  }
}
