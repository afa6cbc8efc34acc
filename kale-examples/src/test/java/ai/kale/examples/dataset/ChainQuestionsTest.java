package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChainQuestionsTest {
  private static final String SEED = "20261122";

  /** Brute force: all chains of {@code length} facts through different entities. */
  private static Map<List<String>, Map<String, Set<String>>> chains(
      List<String[]> triples, int length) {
    Map<List<String>, Map<String, Set<String>>> found = new HashMap<>();
    List<List<String[]>> paths = new ArrayList<>();
    triples.forEach(triple -> paths.add(List.<String[]>of(triple)));
    for (List<String[]> path : extended(paths, triples, length)) {
      Set<String> entities = new HashSet<>(Set.of(path.get(0)[0]));
      path.forEach(triple -> entities.add(triple[2]));
      if (entities.size() == length + 1) {
        found
            .computeIfAbsent(path.stream().map(t -> t[1]).toList(), key -> new TreeMap<>())
            .computeIfAbsent(path.get(0)[0], key -> new TreeSet<>())
            .add(path.get(length - 1)[2]);
      }
    }
    return found;
  }

  private static List<List<String[]>> extended(
      List<List<String[]>> paths, List<String[]> triples, int length) {
    List<List<String[]>> here = paths;
    for (int hop = 1; hop < length; hop++) {
      List<List<String[]>> next = new ArrayList<>();
      for (List<String[]> path : here) {
        for (String[] triple : triples) {
          if (path.get(path.size() - 1)[2].equals(triple[0])) {
            List<String[]> longer = new ArrayList<>(path);
            longer.add(triple);
            next.add(longer);
          }
        }
      }
      here = next;
    }
    return here;
  }

  private static boolean allowed(Map<String, Set<String>> heads, int minHeads, double maxMajority) {
    Map<String, Integer> counts = new TreeMap<>();
    heads.values().forEach(ends -> ends.forEach(end -> counts.merge(end, 1, Integer::sum)));
    return heads.size() >= minHeads
        && Collections.max(counts.values()) <= maxMajority * heads.size();
  }

  private static KnowledgeGraph graph(List<String[]> triples) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    triples.forEach(t -> builder.addTriple(t[0], t[1], t[2]));
    return builder.build();
  }

  private static void check(
      List<String[]> triples, int length, int minHeads, int maxAnswers, double maxMajority) {
    Map<List<String>, Map<String, Set<String>>> expected = chains(triples, length);
    expected.values().forEach(heads -> heads.values().removeIf(e -> e.size() > maxAnswers));
    expected.values().removeIf(heads -> heads.isEmpty() || !allowed(heads, minHeads, maxMajority));
    Map<List<String>, Map<String, Set<String>>> asked = new HashMap<>();
    try (KnowledgeGraph graph = graph(triples)) {
      for (Question question :
          new ChainQuestions(GraphFacts.all(graph), minHeads, maxAnswers, maxMajority)
              .make(List.of(length))) {
        List<String> path =
            RelationPaths.of(question).orElseThrow().stream()
                .map(RelationPaths.Hop::toString)
                .toList();
        asked
            .computeIfAbsent(path, key -> new TreeMap<>())
            .put(question.topics().get(0), new TreeSet<>(question.answers()));
      }
    }
    assertThat(asked).isEqualTo(expected);
  }

  @Property(tries = 150, seed = SEED)
  void asksExactlyTheSimpleChainsWithinTheLimits(
      @ForAll @IntRange(min = 0, max = 1_000_000) int random,
      @ForAll @IntRange(min = 2, max = 3) int length,
      @ForAll @IntRange(min = 1, max = 4) int minHeads,
      @ForAll @IntRange(min = 1, max = 3) int maxAnswers,
      @ForAll @DoubleRange(min = 0.2, max = 1) double maxMajority) {
    Random dice = new Random(random);
    List<String[]> triples = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      String[] triple = {"e" + dice.nextInt(8), "r" + dice.nextInt(3), "e" + dice.nextInt(8)};
      if (seen.add(String.join(" ", triple))) {
        triples.add(triple);
      }
    }
    check(triples, length, minHeads, maxAnswers, maxMajority);
  }

  @Test
  void agreesWithBruteForceOnTheSmallWorld() {
    List<String[]> spaced =
        SmallWorld.triples().stream()
            .map(t -> new String[] {t[0].replace("_", ""), t[1], t[2].replace("_", "")})
            .toList();
    check(spaced, 2, 4, 3, 0.9);
    check(spaced, 3, 20, 1, 0.4);
  }

  @Test
  void asksEveryGroupInBothPhrasings() {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      List<Question> questions = SmallWorld.questions(graph);

      assertThat(questions).extracting(Question::id).doesNotHaveDuplicates();
      assertThat(questions.size()).isGreaterThan(100).isEven();
      for (int i = 0; i < questions.size(); i += 2) {
        Question first = questions.get(i);
        Question second = questions.get(i + 1);
        assertThat(second.group()).isEqualTo(first.group());
        assertThat(second.answers()).isEqualTo(first.answers());
        assertThat(second.topics()).isEqualTo(first.topics());
        assertThat(second.extra()).isEqualTo(first.extra());
        assertThat(second.text()).isNotEqualTo(first.text());
      }
      assertThat(questions).extracting(Question::group).hasSize(questions.size());
      assertThat(new HashSet<>(questions.stream().map(Question::group).toList()))
          .hasSize(questions.size() / 2);
      Question one =
          questions.stream()
              .filter(q -> q.group().equals("Person A Smith | birthplace / country / currency"))
              .findFirst()
              .orElseThrow();
      assertThat(one.text())
          .isEqualTo("What is the currency of the country of the birthplace of Person A Smith?");
      assertThat(one.answers()).containsExactly("coin a");
      assertThat(one.topics()).containsExactly("Person_A_Smith");
    }
  }

  @Test
  void theOrderIsFixedAndAskedLengthsOnlyAreMade() {
    try (KnowledgeGraph first = SmallWorld.graph();
        KnowledgeGraph second = SmallWorld.graph()) {
      assertThat(SmallWorld.questions(first)).isEqualTo(SmallWorld.questions(second));
      assertThat(new ChainQuestions(GraphFacts.all(first), 4, 3, 0.9).make(List.of(3)))
          .isNotEmpty()
          .allSatisfy(q -> assertThat(RelationPaths.of(q).orElseThrow()).hasSize(3));
      assertThat(new ChainQuestions(GraphFacts.all(first), 1000, 3, 1).make(List.of(2, 3)))
          .isEmpty();
    }
  }
}
