package ai.kale.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question with its answers.
 *
 * @param id unique within its set
 * @param text the question as asked, without instruction, passage and options
 * @param instruction how to answer, as data sets for instruction tuning have it; empty where there
 *     is none
 * @param passage a text that the question is about; empty where there is none
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
    String instruction,
    String passage,
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
   * A question without instruction and passage.
   *
   * @param id unique within its set
   * @param text the question as asked
   * @param answers acceptable answers, the one to train on first; empty where unknown
   * @param choices the options of a multiple-choice question, else empty
   * @param topics ids or labels of the question's entities
   * @param group questions of one group never straddle a split
   * @param extra JSON fields this version does not know
   */
  public Question(
      String id,
      String text,
      List<String> answers,
      List<String> choices,
      List<String> topics,
      String group,
      Map<String, Object> extra) {
    this(id, text, "", "", answers, choices, topics, group, extra);
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
    return new Question(id, text, instruction, passage, newAnswers, choices, topics, group, extra);
  }

  /**
   * The same with annotated entities.
   *
   * @param newTopics ids or labels of the question's entities
   * @return a new question
   */
  public Question withTopics(List<String> newTopics) {
    return new Question(id, text, instruction, passage, answers, choices, newTopics, group, extra);
  }

  /**
   * The same in a group.
   *
   * @param newGroup the group's name
   * @return a new question
   */
  public Question withGroup(String newGroup) {
    return new Question(id, text, instruction, passage, answers, choices, topics, newGroup, extra);
  }

  /**
   * The same with an instruction.
   *
   * @param newInstruction how to answer; empty for none
   * @return a new question
   */
  public Question withInstruction(String newInstruction) {
    return new Question(id, text, newInstruction, passage, answers, choices, topics, group, extra);
  }

  /**
   * The same with a passage.
   *
   * @param newPassage what the question is about; empty for none
   * @return a new question
   */
  public Question withPassage(String newPassage) {
    return new Question(id, text, instruction, newPassage, answers, choices, topics, group, extra);
  }

  /**
   * The same with options.
   *
   * @param newChoices the options; empty for none
   * @return a new question
   */
  public Question withChoices(List<String> newChoices) {
    return new Question(id, text, instruction, passage, answers, newChoices, topics, group, extra);
  }

  /**
   * The same with other extra fields.
   *
   * @param newExtra replaces the earlier ones
   * @return a new question
   */
  public Question withExtra(Map<String, Object> newExtra) {
    return new Question(id, text, instruction, passage, answers, choices, topics, group, newExtra);
  }

  /**
   * What a model is asked: instruction, passage and question with blank lines between, the text
   * alone where there is neither. Options are not in it.
   */
  public String prompt() {
    if (instruction.isEmpty() && passage.isEmpty()) {
      return text;
    }
    return Stream.of(instruction, passage, text)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  /** The answer to train on. */
  public String answer() {
    if (answers.isEmpty()) {
      throw new IllegalStateException("question " + id + " has no answer");
    }
    return answers.get(0);
  }
}
