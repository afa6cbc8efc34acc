package ai.kale.dataset;

import ai.kale.data.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws parts of a question set, whole groups at a time. What is drawn depends on the seed and the
 * names of the groups, not on the order of the questions, which is kept. A larger sample of the
 * same seed holds the smaller one.
 */
public final class QuestionSamples {
  private static final String PURPOSE = "sample";

  private QuestionSamples() {}

  /**
   * Draws a number of groups.
   *
   * @param questions the questions
   * @param groups how many groups to draw, from 0; all where there are fewer
   * @param seed of the draw
   * @return all questions of these groups, in input order
   */
  public static List<Question> groups(List<Question> questions, int groups, long seed) {
    if (groups < 0) {
      throw new IllegalArgumentException("the number of groups is at least 0; got " + groups);
    }
    Set<String> drawn = new HashSet<>();
    GroupRanks.shuffled(questions, seed, PURPOSE).keySet().stream()
        .limit(groups)
        .forEach(drawn::add);
    return questions.stream().filter(question -> drawn.contains(question.group())).toList();
  }

  /**
   * Draws a share of the groups.
   *
   * @param questions the questions
   * @param share of the groups, 0 to 1; rounded to whole groups
   * @param seed of the draw
   * @return all questions of these groups, in input order
   */
  public static List<Question> share(List<Question> questions, double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share is from 0 to 1; got " + share);
    }
    long all = questions.stream().map(Question::group).distinct().count();
    return groups(questions, (int) Math.round(share * all), seed);
  }

  /**
   * Draws one question of each group, as for a test set in which no fact counts more because it has
   * more phrasings.
   *
   * @param questions the questions, ids distinct
   * @param seed of the draw
   * @return one question a group, in input order
   */
  public static List<Question> onePerGroup(List<Question> questions, long seed) {
    Set<String> ids = new HashSet<>();
    for (Map.Entry<String, List<Question>> group :
        GroupRanks.shuffled(questions, seed, PURPOSE).entrySet()) {
      List<String> sorted = new ArrayList<>();
      group.getValue().forEach(question -> sorted.add(question.id()));
      sorted.sort(null);
      ids.add(
          sorted.get(GroupRanks.index(sorted.size(), seed, "phrasing", List.of(group.getKey()))));
    }
    return questions.stream().filter(question -> ids.contains(question.id())).toList();
  }
}
