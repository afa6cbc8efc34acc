package ai.kale.dataset;

import ai.kale.data.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random question sets with groups of several phrasings, some with options. */
final class Sets {
  private Sets() {}

  /** Questions of up to 40 groups, in any order, ids distinct. */
  static Arbitrary<List<Question>> sets() {
    Arbitrary<Question> question =
        Combinators.combine(
                Arbitraries.integers().between(0, 39),
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 5),
                Arbitraries.of(true, false))
            .as(Sets::question);
    return question.list().ofMinSize(1).ofMaxSize(120).map(Sets::numbered);
  }

  private static Question question(int group, int answer, int text, boolean options) {
    List<String> answers = answer == 0 ? List.of() : List.of("a" + (group % 5), "b" + answer);
    Question open =
        Question.of("", "text " + group + (text < 2 ? "" : " " + text), answers)
            .withGroup("g" + group);
    return options && !answers.isEmpty()
        ? open.withAnswers(List.of("o1")).withChoices(List.of("o1", "o2", "o" + text))
        : open;
  }

  private static List<Question> numbered(List<Question> questions) {
    List<Question> result = new ArrayList<>();
    for (Question q : questions) {
      result.add(
          new Question(
              "q" + result.size(),
              q.text(),
              q.answers(),
              q.choices(),
              q.topics(),
              q.group(),
              q.extra()));
    }
    return result;
  }

  static Set<String> groups(List<Question> questions) {
    return new HashSet<>(questions.stream().map(Question::group).toList());
  }

  static Set<Question> set(List<Question> questions) {
    return new HashSet<>(questions);
  }
}
