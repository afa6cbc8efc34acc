package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.eval.AnswerNormalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * Label noise: gives a share of the groups wrong answers, to see what training makes of them.
 *
 * <ul>
 *   <li>A question with options gets another of its options; questions of one group with the same
 *       options and the same right answer get the same one. Options are compared exactly: {@code 2}
 *       and {@code -2} are two.
 *   <li>Any other gets an answer of other questions of the same kind, so that a year is replaced by
 *       a year; questions of one group and kind get the same one. Answers that differ from a right
 *       one only in case, punctuation or articles are not wrong and not drawn.
 * </ul>
 *
 * <p>A changed question has one answer, and in {@code extra} the field {@value #FIELD} with {@code
 * was} (the right answers) and {@code seed}. What is changed and to what depends on the seed, the
 * groups and the answers, not on the order of the questions. A question for which there is no wrong
 * answer stays as it is; groups of only such questions are not drawn. Immutable; O(n log n) for n
 * answers.
 */
public final class LabelNoise {
  /** Name of the extra field of a changed question. */
  public static final String FIELD = "labelNoise";

  /**
   * The noisy set.
   *
   * @param questions as many as before, in the same order
   * @param changedQuestions how many have a wrong answer now
   * @param changedGroups in how many groups
   * @param groups how many groups there are
   * @param unchangeableGroups groups without a wrong answer to give, or without any answer
   */
  public record Result(
      List<Question> questions,
      int changedQuestions,
      int changedGroups,
      int groups,
      int unchangeableGroups) {
    /** Copies the list. */
    public Result {
      questions = List.copyOf(questions);
    }

    /** One line with the counts. */
    public String describe() {
      return changedQuestions
          + " of "
          + questions.size()
          + " questions given a wrong answer, in "
          + changedGroups
          + " of "
          + groups
          + " groups; "
          + unchangeableGroups
          + " groups have none to give";
    }
  }

  /** Questions that get the same wrong answer. */
  private record Unit(String group, String kind, Set<String> choices) {}

  private final double share;
  private final long seed;
  private final Function<Question, String> kind;

  private LabelNoise(double share, long seed, Function<Question, String> kind) {
    this.share = share;
    this.seed = seed;
    this.kind = kind;
  }

  /**
   * Noise with all questions of one kind.
   *
   * @param share of the groups, 0 to 1; rounded to whole groups
   * @param seed of the draws
   * @return the noise
   */
  public static LabelNoise of(double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share is from 0 to 1; got " + share);
    }
    return new LabelNoise(share, seed, question -> "");
  }

  /**
   * The same with kinds.
   *
   * @param newKind the kind of a question, for example its relation or the type of its answer
   * @return a new noise
   */
  public LabelNoise withKind(Function<Question, String> newKind) {
    return new LabelNoise(share, seed, newKind);
  }

  /**
   * Spoils answers.
   *
   * @param questions the questions
   * @return the same, some with a wrong answer
   */
  public Result inject(List<Question> questions) {
    Map<Unit, String> wrong = wrongAnswers(questions);
    Set<String> changeable = new HashSet<>();
    wrong.keySet().forEach(unit -> changeable.add(unit.group()));
    List<String> order = new ArrayList<>(GroupRanks.shuffled(questions, seed, "noise").keySet());
    Set<String> drawn = new HashSet<>();
    order.stream()
        .filter(changeable::contains)
        .limit(Math.round(share * order.size()))
        .forEach(drawn::add);
    List<Question> result = new ArrayList<>(questions.size());
    int changed = 0;
    for (Question question : questions) {
      String answer = drawn.contains(question.group()) ? wrong.get(unit(question)) : null;
      if (answer == null || question.answers().isEmpty()) {
        result.add(question);
      } else {
        changed++;
        Object mark = Map.of("was", question.answers(), "seed", seed);
        result.add(
            question
                .withAnswers(List.of(answer))
                .withExtra(Extras.with(question.extra(), FIELD, mark)));
      }
    }
    return new Result(
        result, changed, drawn.size(), order.size(), order.size() - changeable.size());
  }

  /** A wrong answer for each unit that has one. */
  private Map<Unit, String> wrongAnswers(List<Question> questions) {
    Map<String, SortedMap<String, String>> ofKind = new HashMap<>();
    Map<Unit, Set<String>> right = new LinkedHashMap<>();
    for (Question question : questions) {
      Unit unit = unit(question);
      Set<String> answers = right.computeIfAbsent(unit, key -> new TreeSet<>());
      answers.addAll(right(question));
      if (question.choices().isEmpty()) {
        question.answers().forEach(answer -> add(answer, ofKind, unit.kind()));
      }
    }
    Map<String, Pool> pools = new HashMap<>();
    ofKind.forEach((name, answers) -> pools.put(name, Pool.of(answers)));
    Map<Unit, String> wrong = new HashMap<>();
    right.forEach(
        (unit, answers) -> {
          if (!answers.isEmpty()) {
            Pool pool =
                unit.choices().isEmpty()
                    ? pools.getOrDefault(unit.kind(), Pool.of(new TreeMap<>()))
                    : options(unit);
            pool.other(answers, bound -> draw(unit, bound))
                .ifPresent(answer -> wrong.put(unit, answer));
          }
        });
    return wrong;
  }

  private static Pool options(Unit unit) {
    SortedMap<String, String> exact = new TreeMap<>();
    unit.choices().forEach(choice -> exact.put(choice, choice));
    return Pool.of(exact);
  }

  /** Of answers written differently the first by order of characters stands for all. */
  private static void add(
      String answer, Map<String, SortedMap<String, String>> ofKind, String kind) {
    ofKind
        .computeIfAbsent(kind, key -> new TreeMap<>())
        .merge(normalize(answer), answer, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  private int draw(Unit unit, int bound) {
    List<String> names = new ArrayList<>(List.of(unit.group(), unit.kind()));
    names.addAll(unit.choices());
    return GroupRanks.index(bound, seed, "wrong answer", names);
  }

  /** Answers to draw from, in the order of their normal forms. */
  private record Pool(List<String> normalized, List<String> answers) {
    static Pool of(SortedMap<String, String> answers) {
      return new Pool(List.copyOf(answers.keySet()), List.copyOf(answers.values()));
    }

    /** One that is not right; each is as likely as any other. O(right · log answers). */
    Optional<String> other(Set<String> right, IntUnaryOperator draw) {
      int[] taken =
          right.stream()
              .mapToInt(answer -> Collections.binarySearch(normalized, answer))
              .filter(at -> at >= 0)
              .sorted()
              .toArray();
      if (taken.length == answers.size()) {
        return Optional.empty();
      }
      int at = draw.applyAsInt(answers.size() - taken.length);
      for (int skipped : taken) {
        at += skipped <= at ? 1 : 0;
      }
      return Optional.of(answers.get(at));
    }
  }

  private Unit unit(Question question) {
    return question.choices().isEmpty()
        ? new Unit(question.group(), kind.apply(question), Set.of())
        // Of one passage, the questions to be answered yes and those to be answered no are apart.
        : new Unit(
            question.group(),
            String.join("\n", right(question)),
            new TreeSet<>(question.choices()));
  }

  /** The right options as they are, else the right answers in their normal forms. */
  private static NavigableSet<String> right(Question question) {
    NavigableSet<String> right = new TreeSet<>();
    for (String answer : question.answers()) {
      if (question.choices().isEmpty()) {
        right.add(normalize(answer));
        continue;
      }
      right.add(answer);
      if (!question.choices().contains(answer)) {
        question.choices().stream()
            .filter(choice -> normalize(choice).equals(normalize(answer)))
            .forEach(right::add);
      }
    }
    return right;
  }

  private static String normalize(String answer) {
    return AnswerNormalizer.squad().normalize(answer);
  }
}
