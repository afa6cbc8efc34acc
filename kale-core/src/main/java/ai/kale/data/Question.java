package ai.kale.data;

import java.util.List;
import java.util.Map;

/**
 * A question with its answers.
 *
 * @param id unique within its set
 * @param text the question as asked
 * @param answers acceptable answers, the one to train on first; empty where unknown
 * @param choices the options of a multiple-choice question, else empty
 * @param topics ids or labels of the question's entities where the data set annotates them, else
 *     empty
 * @param group questions of one group (paraphrases of one fact) never straddle a split; the id
 *     itself where nothing is grouped
 * @param extra JSON fields this version does not know, kept as they are
 */
public record Question(
    String id,
    String text,
    List<String> answers,
    List<String> choices,
    List<String> topics,
    String group,
    Map<String, Object> extra) {
  /** Copies the collections. */
  public Question {
    answers = List.copyOf(answers);
    choices = List.copyOf(choices);
    topics = List.copyOf(topics);
    extra = Extras.copy(extra);
  }

  /**
   * A plain question.
   *
   * @param id unique within its set
   * @param text the question as asked
   * @param answers acceptable answers, the one to train on first
   * @return a question without choices, annotations or extras, in a group of its own
   */
  public static Question of(String id, String text, List<String> answers) {
    return new Question(id, text, answers, List.of(), List.of(), id, Map.of());
  }

  /**
   * The same with other answers.
   *
   * @param newAnswers acceptable answers
   * @return a new question
   */
  public Question withAnswers(List<String> newAnswers) {
    return new Question(id, text, newAnswers, choices, topics, group, extra);
  }

  /**
   * The same with annotated entities.
   *
   * @param newTopics ids or labels of the question's entities
   * @return a new question
   */
  public Question withTopics(List<String> newTopics) {
    return new Question(id, text, answers, choices, newTopics, group, extra);
  }

  /**
   * The same in a group.
   *
   * @param newGroup the group's name
   * @return a new question
   */
  public Question withGroup(String newGroup) {
    return new Question(id, text, answers, choices, topics, newGroup, extra);
  }

  /** The answer to train on. */
  public String answer() {
    if (answers.isEmpty()) {
      throw new IllegalStateException("question " + id + " has no answer");
    }
    return answers.get(0);
  }
}
