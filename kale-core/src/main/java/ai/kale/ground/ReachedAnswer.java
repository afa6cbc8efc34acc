package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.eval.AnswerNormalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts an answer that a path leads to first, where the first has none. The first answer is the one
 * to train on, and a rationale must reach it; where a data set lists several right answers in no
 * order of its own, another serves as well.
 */
public final class ReachedAnswer {
  private static final AnswerNormalizer NAMES = AnswerNormalizer.squad();

  private ReachedAnswer() {}

  /**
   * The question with a reached answer first.
   *
   * @param question after grounding
   * @return the same if its first answer is the name of a path's end, or none of its answers is;
   *     else with the first such answer moved to the front. Names are compared as answers are:
   *     case, punctuation and articles do not count
   */
  public static GroundedQuestion first(GroundedQuestion question) {
    Question asked = question.question();
    if (asked.answers().size() < 2) {
      return question;
    }
    Set<String> ends = new HashSet<>();
    for (KnowledgePath path : question.answerPaths()) {
      ends.add(NAMES.normalize(path.target().label()));
    }
    for (int i = 0; i < asked.answers().size(); i++) {
      if (ends.contains(NAMES.normalize(asked.answers().get(i)))) {
        return i == 0 ? question : withQuestion(question, asked.withAnswers(front(asked, i)));
      }
    }
    return question;
  }

  private static List<String> front(Question question, int index) {
    List<String> answers = new ArrayList<>(question.answers());
    answers.add(0, answers.remove(index));
    return answers;
  }

  private static GroundedQuestion withQuestion(GroundedQuestion grounded, Question question) {
    return new GroundedQuestion(
        question,
        grounded.questionEntities(),
        grounded.answerEntities(),
        grounded.unlinked(),
        grounded.paths(),
        grounded.report(),
        grounded.provenance().with("answer", "reached-first"),
        grounded.extra());
  }
}
