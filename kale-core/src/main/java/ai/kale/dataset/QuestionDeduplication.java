package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Leaves each question in a set once. Two are the same if text, passage, instruction and options
 * (in any order) are, after normalisation: by default Unicode NFC, lower case, single spaces. Ids,
 * groups, topics and extra fields do not matter; punctuation does.
 *
 * <p>Of the same questions the first by input order is kept, with its id and place. If their
 * answers differ as sets, normalised, that is a conflict; what becomes of it is the policy. A
 * question without answers conflicts with nothing and takes those of the first that has some.
 * Immutable; O(questions) time and memory.
 */
public final class QuestionDeduplication {
  /** What to do where the same question has different answers. */
  public enum Policy {
    /** The kept question gets the answers of all, its own first. */
    MERGE,
    /** The first answered question wins. */
    KEEP_FIRST,
    /** An {@link InvalidInputException} that names the questions. */
    FAIL
  }

  /**
   * Questions that are the same with different answers.
   *
   * @param kept the id of the one that was kept
   * @param others the ids of the others that have answers, in input order
   * @param answers the different sets of answers, in input order
   */
  public record Conflict(String kept, List<String> others, List<List<String>> answers) {
    /** Copies the lists. */
    public Conflict {
      others = List.copyOf(others);
      answers = answers.stream().map(List::copyOf).toList();
    }
  }

  /**
   * What is left, and what was found.
   *
   * @param questions each question once, in input order
   * @param duplicates how many were left out
   * @param acrossGroups how many of these were in another group than the one that was kept: groups
   *     that share a question may not be as apart as their names say
   * @param conflicts the same questions with different answers
   */
  public record Result(
      List<Question> questions, int duplicates, int acrossGroups, List<Conflict> conflicts) {
    /** Copies the lists. */
    public Result {
      questions = List.copyOf(questions);
      conflicts = List.copyOf(conflicts);
    }

    /** One line with the counts. */
    public String describe() {
      return questions.size()
          + " questions kept, "
          + duplicates
          + " duplicates left out ("
          + acrossGroups
          + " of another group), "
          + conflicts.size()
          + " with conflicting answers";
    }
  }

  private final Policy policy;
  private final UnaryOperator<String> normalizer;

  private QuestionDeduplication(Policy policy, UnaryOperator<String> normalizer) {
    this.policy = policy;
    this.normalizer = normalizer;
  }

  /**
   * Compares as the class says.
   *
   * @param policy what to do with different answers
   * @return a deduplication
   */
  public static QuestionDeduplication of(Policy policy) {
    return new QuestionDeduplication(policy, QuestionKeys::normalize);
  }

  /**
   * The same with another normalisation of texts.
   *
   * @param newNormalizer makes equal what is to be the same; for example {@code
   *     AnswerNormalizer.squad()::normalize}
   * @return a new deduplication
   */
  public QuestionDeduplication withNormalizer(UnaryOperator<String> newNormalizer) {
    return new QuestionDeduplication(policy, newNormalizer);
  }

  /**
   * Removes duplicates.
   *
   * @param questions the questions
   * @return what is left
   * @throws InvalidInputException under {@link Policy#FAIL}, at the first conflict
   */
  public Result apply(List<Question> questions) {
    Map<List<String>, List<Question>> same = new LinkedHashMap<>();
    questions.forEach(
        question ->
            same.computeIfAbsent(QuestionKeys.of(question, normalizer), key -> new ArrayList<>())
                .add(question));
    List<Question> kept = new ArrayList<>();
    List<Conflict> conflicts = new ArrayList<>();
    int acrossGroups = 0;
    for (List<Question> copies : same.values()) {
      Question first = copies.get(0);
      List<Question> answered = copies.stream().filter(q -> !q.answers().isEmpty()).toList();
      Map<Set<String>, List<String>> different = new LinkedHashMap<>();
      answered.forEach(q -> different.putIfAbsent(normalized(q.answers()), q.answers()));
      if (different.size() > 1) {
        conflicts.add(conflict(first, answered, List.copyOf(different.values())));
      }
      List<String> answers = answered.isEmpty() ? List.of() : answered.get(0).answers();
      kept.add(
          first.withAnswers(
              policy == Policy.MERGE && different.size() > 1
                  ? merged(different.values().stream().flatMap(List::stream))
                  : answers));
      acrossGroups += (int) copies.stream().filter(q -> !q.group().equals(first.group())).count();
    }
    return new Result(kept, questions.size() - kept.size(), acrossGroups, conflicts);
  }

  private Conflict conflict(Question kept, List<Question> answered, List<List<String>> answers) {
    List<String> others =
        answered.stream().map(Question::id).filter(id -> !id.equals(kept.id())).toList();
    if (policy == Policy.FAIL) {
      throw new InvalidInputException(
          "question "
              + kept.id()
              + " is the same as "
              + String.join(", ", others)
              + ", but the answers differ: "
              + answers
              + "; mend one, or choose another policy");
    }
    return new Conflict(kept.id(), others, answers);
  }

  private Set<String> normalized(List<String> answers) {
    Set<String> set = new TreeSet<>();
    answers.forEach(answer -> set.add(normalizer.apply(answer)));
    return set;
  }

  /** Each answer once, as it was written first. */
  private List<String> merged(Stream<String> answers) {
    Map<String, String> first = new LinkedHashMap<>();
    answers.forEach(answer -> first.putIfAbsent(normalizer.apply(answer), answer));
    return List.copyOf(first.values());
  }
}
