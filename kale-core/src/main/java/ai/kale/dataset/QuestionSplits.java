package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Splits a question set by {@link Question#group}, so that paraphrases of one fact never straddle
 * it. Parts are counted in groups, by share or by number:
 *
 * <pre>{@code
 * QuestionSplits.seeded(1).size("test", 300).size("dev", 300).rest("train").split(questions)
 * QuestionSplits.seeded(1).share("train", 0.8).share("dev", 0.1).share("test", 0.1).split(questions)
 * }</pre>
 *
 * <p>Groups are put in an order drawn from the seed and each group's name, and dealt to the parts
 * in the order they were added. So the same groups fall into the same parts whatever the order of
 * the questions; in each part the questions keep theirs. Shares are of all groups and rounded so
 * that shares that sum to 1 leave no group out. Groups that no part takes are in {@link
 * Result#leftOut}. Immutable; O(questions) time and memory.
 */
public final class QuestionSplits {
  private record Part(String name, OptionalDouble share, OptionalInt size) {
    boolean isRest() {
      return share.isEmpty() && size.isEmpty();
    }
  }

  /**
   * A split.
   *
   * @param parts the questions of each part, by name, in the order the parts were added
   * @param groups how many groups each part has
   * @param leftOut the questions of the groups that no part took
   * @param leftOutGroups how many groups these are
   */
  public record Result(
      Map<String, List<Question>> parts,
      Map<String, Integer> groups,
      List<Question> leftOut,
      int leftOutGroups) {
    /** Copies the lists. */
    public Result {
      Map<String, List<Question>> copy = new LinkedHashMap<>();
      parts.forEach((name, questions) -> copy.put(name, List.copyOf(questions)));
      parts = Collections.unmodifiableMap(copy);
      groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
      leftOut = List.copyOf(leftOut);
    }

    /**
     * One part.
     *
     * @param name its name
     * @return its questions in input order
     * @throws IllegalArgumentException if there is no such part
     */
    public List<Question> part(String name) {
      List<Question> questions = parts.get(name);
      if (questions == null) {
        throw new IllegalArgumentException("no part '" + name + "'; there are " + parts.keySet());
      }
      return questions;
    }

    /** One line: {@code train 8 groups, 21 questions; … left out 0 groups, 0 questions}. */
    public String describe() {
      StringBuilder text = new StringBuilder();
      parts.forEach(
          (name, questions) ->
              text.append(name)
                  .append(' ')
                  .append(groups.get(name))
                  .append(" groups, ")
                  .append(questions.size())
                  .append(" questions; "));
      return text.append("left out ")
          .append(leftOutGroups)
          .append(" groups, ")
          .append(leftOut.size())
          .append(" questions")
          .toString();
    }
  }

  private final long seed;
  private final List<Part> parts;

  private QuestionSplits(long seed, List<Part> parts) {
    this.seed = seed;
    this.parts = parts;
  }

  /**
   * A split with no part yet.
   *
   * @param seed of the order of groups
   * @return it
   */
  public static QuestionSplits seeded(long seed) {
    return new QuestionSplits(seed, List.of());
  }

  /**
   * Adds a part by share.
   *
   * @param name its name
   * @param share of all groups, above 0 and up to 1; all shares sum to 1 at most
   * @return a new split
   */
  public QuestionSplits share(String name, double share) {
    double sum = parts.stream().mapToDouble(part -> part.share().orElse(0)).sum() + share;
    if (!(share > 0) || !(sum <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          "shares are above 0 and sum to 1 at most; got " + share + ", the sum is " + sum);
    }
    return with(new Part(name, OptionalDouble.of(share), OptionalInt.empty()));
  }

  /**
   * Adds a part by size.
   *
   * @param name its name
   * @param groups how many groups it has, from 1
   * @return a new split
   */
  public QuestionSplits size(String name, int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("a part has 1 group at least; got " + groups);
    }
    return with(new Part(name, OptionalDouble.empty(), OptionalInt.of(groups)));
  }

  /**
   * Adds a part for all groups that the others leave; at most one.
   *
   * @param name its name
   * @return a new split
   */
  public QuestionSplits rest(String name) {
    if (parts.stream().anyMatch(Part::isRest)) {
      throw new IllegalArgumentException("only one part can be the rest");
    }
    return with(new Part(name, OptionalDouble.empty(), OptionalInt.empty()));
  }

  private QuestionSplits with(Part part) {
    if (parts.stream().anyMatch(other -> other.name().equals(part.name()))) {
      throw new IllegalArgumentException("the part '" + part.name() + "' is there twice");
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new QuestionSplits(seed, List.copyOf(more));
  }

  /**
   * Splits.
   *
   * @param questions the questions
   * @return the parts
   * @throws InvalidInputException if there are too few groups for the parts, each of which must
   *     have one at least
   */
  public Result split(List<Question> questions) {
    Map<String, List<Question>> groups = GroupRanks.shuffled(questions, seed, "split");
    Map<String, Integer> sizes = sizes(groups.size());
    Map<String, String> partOf = new HashMap<>();
    List<String> order = new ArrayList<>(groups.keySet());
    int from = 0;
    for (Map.Entry<String, Integer> part : sizes.entrySet()) {
      order
          .subList(from, from + part.getValue())
          .forEach(group -> partOf.put(group, part.getKey()));
      from += part.getValue();
    }
    Map<String, List<Question>> dealt = new LinkedHashMap<>();
    sizes.keySet().forEach(name -> dealt.put(name, new ArrayList<>()));
    List<Question> leftOut = new ArrayList<>();
    for (Question question : questions) {
      String part = partOf.get(question.group());
      (part == null ? leftOut : dealt.getOrDefault(part, leftOut)).add(question);
    }
    return new Result(dealt, sizes, leftOut, order.size() - from);
  }

  private Map<String, Integer> sizes(int groups) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    double share = 0;
    int taken = 0;
    for (Part part : parts) {
      long before = Math.round(share * groups);
      share += part.share().orElse(0);
      int size = part.size().orElse((int) (Math.round(share * groups) - before));
      sizes.put(part.name(), size);
      taken += size;
    }
    int left = groups - taken;
    parts.stream().filter(Part::isRest).forEach(part -> sizes.put(part.name(), left));
    if (left < 0 || sizes.values().stream().anyMatch(size -> size < 1)) {
      throw new InvalidInputException(
          "there are "
              + groups
              + " groups of questions, which is too few for the parts "
              + sizes
              + "; ask for smaller parts");
    }
    return sizes;
  }
}
