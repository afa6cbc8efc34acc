package ai.kale.examples.dataset;

import ai.kale.data.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Label noise: replaces the answers of a share of the questions by a wrong one of the same kind,
 * with its own draws: the published tables of the quickstart were made with them. In your own code
 * use {@link ai.kale.dataset.LabelNoise}, which also marks what it changed.
 */
public final class WrongAnswers {
  private WrongAnswers() {}

  /**
   * Spoils answers, all phrasings of a group alike.
   *
   * @param questions the questions
   * @param share of the groups, 0 to 1
   * @param seed of the draw
   * @return the same questions in the same order, some with one wrong answer drawn from the answers
   *     of questions with the same last relation
   */
  public static List<Question> inject(List<Question> questions, double share, long seed) {
    Map<String, TreeSet<String>> kinds = new LinkedHashMap<>();
    for (Question question : questions) {
      kinds.computeIfAbsent(kind(question), key -> new TreeSet<>()).addAll(question.answers());
    }
    Random random = new Random(seed);
    Map<String, List<String>> spoiled = new LinkedHashMap<>();
    List<Question> result = new ArrayList<>(questions.size());
    for (Question question : questions) {
      List<String> answers =
          spoiled.computeIfAbsent(
              question.group(),
              group -> {
                List<String> others =
                    new ArrayList<>(kinds.getOrDefault(kind(question), new TreeSet<>()));
                others.removeAll(question.answers());
                boolean spoil = random.nextDouble() < share && !others.isEmpty();
                return spoil
                    ? List.of(others.get(random.nextInt(others.size())))
                    : question.answers();
              });
      result.add(question.withAnswers(answers));
    }
    return result;
  }

  private static String kind(Question question) {
    return RelationPaths.of(question).map(path -> path.get(path.size() - 1).toString()).orElse("?");
  }
}
