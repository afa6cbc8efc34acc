package ai.kale.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.run.RunContext;
import ai.kale.train.data.BridgeMask;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellDataTest {
  private static final double NOISE = 0.3;
  private static final int GROUPS = 60;

  private static KnowledgeGraph graph;
  private static Task task;

  @BeforeAll
  static void build(@TempDir Path folder) {
    QuickstartOptions options = new QuickstartOptions();
    options.graph = SmallWorld.writeGraph(folder.resolve("g.tsv"));
    options.questions = SmallWorld.writeQuestions(folder.resolve("q.jsonl"));
    options.test = 10;
    graph = KnowledgeGraphs.read(options.graph);
    task = new TaskBuilder(graph, options, RunContext.silent(), System.out).build(folder);
  }

  @AfterAll
  static void close() {
    graph.close();
  }

  private static List<RationalizedQuestion> data(Method method, double noise, long seed) {
    return new CellData(task, GROUPS).questions(new Cell(method, noise, seed));
  }

  private static List<String> ids(List<RationalizedQuestion> data) {
    return data.stream().map(r -> r.question().id()).toList();
  }

  private static Map<String, Question> truth() {
    Map<String, Question> truth = new HashMap<>();
    task.pool().forEach(r -> truth.put(r.question().id(), r.question()));
    return truth;
  }

  private static long wrong(List<RationalizedQuestion> data) {
    Map<String, Question> truth = truth();
    return data.stream()
        .filter(
            r -> {
              Question before = truth.get(r.question().id());
              return before == null || !before.answers().contains(r.question().answer());
            })
        .count();
  }

  @Test
  void allMethodsOfASeedAndNoiseSeeTheSameQuestions() {
    for (double noise : new double[] {0, NOISE}) {
      List<RationalizedQuestion> sft = data(Method.SFT, noise, 1);
      assertThat(new HashSet<>(sft.stream().map(r -> r.question().group()).toList()))
          .hasSize(GROUPS);
      for (Method method : Method.values()) {
        List<RationalizedQuestion> other = data(method, noise, 1);
        assertThat(ids(other)).isEqualTo(ids(sft));
        assertThat(other).allMatch(r -> r.question().answers().size() == 1);
        if (method.labels() == Method.Labels.GIVEN) {
          assertThat(other.stream().map(r -> r.question().answer()).toList())
              .isEqualTo(sft.stream().map(r -> r.question().answer()).toList());
        }
      }
    }
  }

  @Test
  void seedsDrawOtherQuestionsAndOneSeedAlwaysTheSame() {
    assertThat(data(Method.KALE, NOISE, 1)).isEqualTo(data(Method.KALE, NOISE, 1));
    assertThat(ids(data(Method.KALE, 0, 1))).isNotEqualTo(ids(data(Method.KALE, 0, 2)));
  }

  @Test
  void cleanAnswersAreTrueAndNoisyOnesWrongInTheShareAskedFor() {
    long wrong = 0;
    long all = 0;
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(wrong(data(Method.SFT, 0, seed))).isZero();
      List<RationalizedQuestion> noisy = data(Method.SFT, NOISE, seed);
      wrong += wrong(noisy);
      all += noisy.size();
    }
    // 600 groups drawn: four standard deviations are 0.075.
    assertThat(wrong / (double) all).isBetween(NOISE - 0.075, NOISE + 0.075);
  }

  @Test
  void theControlOnTheGraphsAnswersHasOnlyTrueOnes() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(wrong(data(Method.SFT_GRAPH_ANSWERS, NOISE, seed))).isZero();
    }
  }

  @Test
  void withNoiseThePathIsTheQuestionsOwnAndLeadsToATrueAnswer() {
    Map<String, Question> truth = truth();

    assertThat(data(Method.KALE, NOISE, 1))
        .allSatisfy(
            r ->
                assertThat(truth.get(r.question().id()))
                    .satisfies(
                        before ->
                            assertThat(before.answers())
                                .contains(r.grounded().paths().get(0).target().label())));
  }

  @Test
  void shuffledBridgesAreThoseOfOtherQuestionsOfTheSameLength() {
    List<RationalizedQuestion> own = data(Method.KALE_LENS, 0, 1);
    List<RationalizedQuestion> shuffled = data(Method.KALE_LENS_SHUFFLED, 0, 1);

    assertThat(ids(shuffled)).isEqualTo(ids(own));
    int moved = 0;
    for (int i = 0; i < own.size(); i++) {
      KnowledgePath before = own.get(i).grounded().paths().get(0);
      KnowledgePath after = shuffled.get(i).grounded().paths().get(0);
      assertThat(after.hops()).isEqualTo(before.hops());
      assertThat(shuffled.get(i).rationale()).isEqualTo(own.get(i).rationale());
      moved += after.equals(before) ? 0 : 1;
    }
    assertThat(moved).isGreaterThan(own.size() / 2);
    assertThat(shuffled.stream().map(r -> r.grounded().paths()).toList())
        .containsExactlyInAnyOrderElementsOf(own.stream().map(r -> r.grounded().paths()).toList());
  }

  @Test
  void withNoiseQuestionsThatStateNoPathAreLeftOutForEveryMethod() {
    String silent = task.pool().get(0).question().group();
    Map<String, RationalizedQuestion> own = new HashMap<>(task.ownPool());
    task.pool().stream()
        .map(RationalizedQuestion::question)
        .filter(q -> q.group().equals(silent))
        .forEach(q -> own.remove(q.id()));
    Task partly =
        new Task(
            task.name(),
            task.facts(),
            task.pool(),
            own,
            task.test(),
            task.testRationales(),
            task.heldOut(),
            task.notes());
    CellData all = new CellData(partly, Integer.MAX_VALUE);

    for (Method method : Method.noisy()) {
      assertThat(all.questions(new Cell(method, NOISE, 1)))
          .hasSize(own.size())
          .noneMatch(r -> r.question().group().equals(silent));
    }
    assertThat(all.questions(new Cell(Method.SFT, 0, 1))).hasSize(task.pool().size());
  }

  @Test
  void noTrainingPathAnswersAHeldOutQuestionOnItsWay() {
    BridgeMask mask = BridgeMask.of(task.heldOut());
    for (RationalizedQuestion question : task.pool()) {
      KnowledgePath path = question.grounded().paths().get(0);
      for (int hop = 1; hop < path.hops(); hop++) {
        assertThat(mask.allows(path, hop)).as(path.toString()).isTrue();
      }
    }
    assertThat(task.notes()).anyMatch(n -> n.contains("left out because a bridge"));
  }
}
