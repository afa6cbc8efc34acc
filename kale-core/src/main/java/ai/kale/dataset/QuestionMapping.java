package ai.kale.dataset;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which field of a JSON object, or which column of a CSV row, is what part of a question.
 *
 * <p>Field names may have dots: {@code question.stem} is the field {@code stem} of the object
 * {@code question}, and {@code choices.text} all the fields {@code text} of the objects in the list
 * {@code choices}. A field whose own name has the dots comes first. Columns are named by the
 * header, or {@code "1"}, {@code "2"} and so on. What is not mapped is kept in {@code extra}.
 *
 * <p>Question, id and answers must be in every record if they are mapped (answers: unless {@link
 * Builder#answersOptional}); the others may be missing in some records, but a field that no record
 * has is an error, as it is most likely misspelt. An empty CSV value is a missing one.
 *
 * @param question the field of the question
 * @param id the field of the id; without one ids are the file's name and the record's number
 * @param answers the fields of the answers, in order
 * @param answerSeparator splits an answer field into several answers; empty for no splitting
 * @param answerForm what stands in the answer fields
 * @param answersOptional whether a record may have no answer
 * @param choices the fields of the options, in order
 * @param choiceSeparator splits a field into several options; empty for no splitting
 * @param choiceLabels the field of the options' labels; A, B, C and so on without one
 * @param instruction the field of the instruction
 * @param passage the field of the passage
 * @param topics the field of the question's entities
 * @param topicSeparator splits the field into several entities; empty for no splitting
 * @param group the field of the group; without one each question is a group of its own
 */
public record QuestionMapping(
    String question,
    Optional<String> id,
    List<String> answers,
    String answerSeparator,
    AnswerForm answerForm,
    boolean answersOptional,
    List<String> choices,
    String choiceSeparator,
    Optional<String> choiceLabels,
    Optional<String> instruction,
    Optional<String> passage,
    Optional<String> topics,
    String topicSeparator,
    Optional<String> group) {
  /** Copies the lists and checks that they fit. */
  public QuestionMapping {
    answers = List.copyOf(answers);
    choices = List.copyOf(choices);
    if (question.isBlank()) {
      throw new IllegalArgumentException("the mapping must say which field is the question");
    }
    if (answerForm != AnswerForm.TEXT && choices.isEmpty()) {
      throw new IllegalArgumentException(
          "answers are given as " + answerForm + ", so the mapping must say which the choices are");
    }
  }

  /**
   * Starts a mapping.
   *
   * @param question the field of the question
   * @return a builder of a mapping with nothing else
   */
  public static Builder of(String question) {
    return new Builder(question);
  }

  /** All fields it names. */
  List<String> fields() {
    return Stream.of(
            Stream.of(question),
            id.stream(),
            answers.stream(),
            choices.stream(),
            choiceLabels.stream(),
            instruction.stream(),
            passage.stream(),
            topics.stream(),
            group.stream())
        .flatMap(part -> part)
        .distinct()
        .toList();
  }

  /** Collects the fields of a mapping. Not for use by several threads. */
  public static final class Builder {
    private final String question;
    private Optional<String> id = Optional.empty();
    private List<String> answers = List.of();
    private String answerSeparator = "";
    private AnswerForm answerForm = AnswerForm.TEXT;
    private boolean answersOptional;
    private List<String> choices = List.of();
    private String choiceSeparator = "";
    private Optional<String> choiceLabels = Optional.empty();
    private Optional<String> instruction = Optional.empty();
    private Optional<String> passage = Optional.empty();
    private Optional<String> topics = Optional.empty();
    private String topicSeparator = "";
    private Optional<String> group = Optional.empty();

    private Builder(String question) {
      this.question = question;
    }

    /**
     * Sets the id.
     *
     * @param field where it is
     * @return this
     */
    public Builder id(String field) {
      id = Optional.of(field);
      return this;
    }

    /**
     * Sets the answers.
     *
     * @param fields where they are, each one answer or a list of them
     * @return this
     */
    public Builder answers(String... fields) {
      answers = List.of(fields);
      return this;
    }

    /**
     * Splits each answer field.
     *
     * @param separator what stands between two answers, for example {@code "|"}
     * @return this
     */
    public Builder answerSeparator(String separator) {
      answerSeparator = separator;
      return this;
    }

    /**
     * Says what stands in the answer fields; the text of the answer by default.
     *
     * @param form label or number of an option, or text
     * @return this
     */
    public Builder answersAre(AnswerForm form) {
      answerForm = form;
      return this;
    }

    /**
     * Lets records have no answer, as in test sets.
     *
     * @return this
     */
    public Builder answersOptional() {
      answersOptional = true;
      return this;
    }

    /**
     * Sets the options.
     *
     * @param fields where they are, each one option or a list of them
     * @return this
     */
    public Builder choices(String... fields) {
      choices = List.of(fields);
      return this;
    }

    /**
     * Splits each field of options.
     *
     * @param separator what stands between two options
     * @return this
     */
    public Builder choiceSeparator(String separator) {
      choiceSeparator = separator;
      return this;
    }

    /**
     * Sets the options' labels.
     *
     * @param field where they are
     * @return this
     */
    public Builder choiceLabels(String field) {
      choiceLabels = Optional.of(field);
      return this;
    }

    /**
     * Sets the instruction.
     *
     * @param field where it is
     * @return this
     */
    public Builder instruction(String field) {
      instruction = Optional.of(field);
      return this;
    }

    /**
     * Sets the passage.
     *
     * @param field where it is
     * @return this
     */
    public Builder passage(String field) {
      passage = Optional.of(field);
      return this;
    }

    /**
     * Sets the question's entities.
     *
     * @param field where they are, one or a list
     * @return this
     */
    public Builder topics(String field) {
      topics = Optional.of(field);
      return this;
    }

    /**
     * Splits the field of entities.
     *
     * @param separator what stands between two entities
     * @return this
     */
    public Builder topicSeparator(String separator) {
      topicSeparator = separator;
      return this;
    }

    /**
     * Sets the group.
     *
     * @param field where it is
     * @return this
     */
    public Builder group(String field) {
      group = Optional.of(field);
      return this;
    }

    /**
     * Makes the mapping.
     *
     * @return the mapping
     * @throws IllegalArgumentException if answers are labels or numbers and no choices are mapped
     */
    public QuestionMapping build() {
      return new QuestionMapping(
          question,
          id,
          answers,
          answerSeparator,
          answerForm,
          answersOptional,
          choices,
          choiceSeparator,
          choiceLabels,
          instruction,
          passage,
          topics,
          topicSeparator,
          group);
    }
  }
}
