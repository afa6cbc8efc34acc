package ai.kale.dataset;

import ai.kale.data.Question;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is in a question set. Lengths are in Unicode code points.
 *
 * @param questions how many questions there are
 * @param multipleChoice how many have options
 * @param singleAnswer how many without options have one answer
 * @param multiAnswer how many without options have several answers
 * @param unanswered how many have no answer, with or without options
 * @param withInstruction how many have an instruction
 * @param withPassage how many have a passage
 * @param withTopics how many have annotated entities
 * @param duplicates how many are the same as an earlier one, as {@link QuestionDeduplication}
 *     compares by default
 * @param answers answers of a question that has some
 * @param choices options of a multiple-choice question
 * @param textLength lengths of the questions
 * @param answerLength lengths of the answers
 * @param passageLength lengths of the passages where there is one
 * @param groups questions of a group; its count is the number of groups
 */
public record QuestionStatistics(
    long questions,
    long multipleChoice,
    long singleAnswer,
    long multiAnswer,
    long unanswered,
    long withInstruction,
    long withPassage,
    long withTopics,
    long duplicates,
    Spread answers,
    Spread choices,
    Spread textLength,
    Spread answerLength,
    Spread passageLength,
    Spread groups) {

  /**
   * Counts a set in memory.
   *
   * @param questions the questions
   * @return the statistics
   */
  public static QuestionStatistics of(Iterable<Question> questions) {
    return of(questions.iterator());
  }

  /**
   * Counts a set that is read one question at a time. Keeps the names of groups and 8 bytes of a
   * SHA-256 for each question, no questions.
   *
   * @param questions the questions, for example a {@link QuestionStream}; read to the end, not
   *     closed
   * @return the statistics
   */
  public static QuestionStatistics of(Iterator<Question> questions) {
    Counter counter = new Counter();
    questions.forEachRemaining(counter::add);
    return counter.statistics();
  }

  /** The statistics as lines of text, for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        """
        %d questions: %d multiple-choice, %d with one answer, %d with several, %d unanswered
        %d with an instruction, %d with a passage, %d with topics, %d duplicates
        answers a question: %s; code points: %s
        options: %s
        code points of a question: %s; of a passage: %s
        %d groups, questions a group: %s
        """,
        questions,
        multipleChoice,
        singleAnswer,
        multiAnswer,
        unanswered,
        withInstruction,
        withPassage,
        withTopics,
        duplicates,
        answers.describe(),
        answerLength.describe(),
        choices.describe(),
        textLength.describe(),
        passageLength.describe(),
        groups.count(),
        groups.describe());
  }

  private static final class Counter {
    private final Spread.Tally answers = new Spread.Tally();
    private final Spread.Tally choices = new Spread.Tally();
    private final Spread.Tally textLength = new Spread.Tally();
    private final Spread.Tally answerLength = new Spread.Tally();
    private final Spread.Tally passageLength = new Spread.Tally();
    private final Map<String, Long> groupSizes = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private long questions;
    private long single;
    private long multi;
    private long unanswered;
    private long instructions;
    private long topics;
    private long duplicates;

    void add(Question question) {
      questions++;
      int given = question.answers().size();
      if (given == 0) {
        unanswered++;
      } else {
        answers.add(given);
      }
      if (!question.choices().isEmpty()) {
        choices.add(question.choices().size());
      } else if (given == 1) {
        single++;
      } else if (given > 1) {
        multi++;
      }
      instructions += question.instruction().isEmpty() ? 0 : 1;
      topics += question.topics().isEmpty() ? 0 : 1;
      textLength.add(length(question.text()));
      question.answers().forEach(answer -> answerLength.add(length(answer)));
      if (!question.passage().isEmpty()) {
        passageLength.add(length(question.passage()));
      }
      groupSizes.merge(question.group(), 1L, Long::sum);
      long key = GroupRanks.draw(0, "same", QuestionKeys.of(question, QuestionKeys::normalize));
      duplicates += seen.add(key) ? 0 : 1;
    }

    private static int length(String text) {
      return text.codePointCount(0, text.length());
    }

    QuestionStatistics statistics() {
      Spread.Tally sizes = new Spread.Tally();
      groupSizes.values().forEach(sizes::add);
      Spread options = choices.spread();
      Spread passages = passageLength.spread();
      return new QuestionStatistics(
          questions,
          options.count(),
          single,
          multi,
          unanswered,
          instructions,
          passages.count(),
          topics,
          duplicates,
          answers.spread(),
          options,
          textLength.spread(),
          answerLength.spread(),
          passages,
          sizes.spread());
    }
  }
}
