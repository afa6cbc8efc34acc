package ai.kale.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.examples.bench.data.DataSet;
import ai.kale.examples.bench.data.GraphSpec;
import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final List<Outcome> OUTCOMES =
      List.of(
          loaded(Contender.KALE_TSV, 1, 1),
          loaded(Contender.JGRAPHT, 1, 10),
          loaded(Contender.KALE_TSV, 2, 2),
          loaded(Contender.JGRAPHT, 2, 6),
          loaded(Contender.KALE_TSV, 3, 4),
          new Outcome(Contender.JGRAPHT, 3, Map.of(), "OutOfMemoryError with -Xmx1g"));

  @Test
  void mediansAreOverTheRoundsThatFinished() {
    Results results = new Results(OUTCOMES);

    assertThat(results.median(Contender.KALE_TSV, Metric.LOAD_CPU)).hasValue(2);
    assertThat(results.median(Contender.JGRAPHT, Metric.LOAD_CPU)).hasValue(8);
    assertThat(results.median(Contender.RDF4J, Metric.LOAD_CPU)).isEmpty();
  }

  @Test
  void ratiosCompareWithinARound() {
    Results results = new Results(OUTCOMES);

    assertThat(results.ratio(Contender.JGRAPHT, Contender.KALE_TSV, Metric.LOAD_CPU)).hasValue(6.5);
    assertThat(
            results.ratio(Contender.KALE_TSV, Metric.LOAD_CPU, Contender.JGRAPHT, Metric.LOAD_CPU))
        .hasValue((0.1 + 2.0 / 6) / 2);
  }

  @Test
  void whoDidNotFinishKeepsARowAndItsReason() {
    Outcome failed = new Outcome(Contender.RDF4J, 1, Map.of(), "stopped at the time limit of 5 s");

    String report = report(loaded(Contender.KALE_TSV, 1, 1), failed);

    assertThat(report)
        .contains("| RDF4J MemoryStore, N-Triples | 12g | did not finish | – |")
        .contains("- RDF4J MemoryStore, N-Triples, round 1: stopped at the time limit of 5 s")
        .contains("finished with -Xmx2g in 1 of 1 rounds");
  }

  @Test
  void aDisagreementIsSaidAloud() {
    Outcome one = new Outcome(Contender.KALE_TSV, 1, Map.of(Metric.CHECK_ARCS, 1.0), "");
    Outcome same = new Outcome(Contender.KALE_MAPPED, 1, Map.of(Metric.CHECK_ARCS, 1.0), "");
    Outcome other = new Outcome(Contender.JENA_FAST, 1, Map.of(Metric.CHECK_ARCS, 2.0), "");

    assertThat(report(one, same)).contains("see the same arcs").doesNotContain("disagree");
    assertThat(report(one, other)).contains("disagree").doesNotContain("see the same arcs");
  }

  private static String report(Outcome... outcomes) {
    DataSet.FileHash hash = new DataSet.FileHash(1, "00");
    DataSet.Manifest data = new DataSet.Manifest(1, new GraphSpec(10, 20, 2, 3), 9, hash, hash);
    return new GraphStoreReport(new GraphStoreOptions(), data, List.of(outcomes)).markdown();
  }

  private static Outcome loaded(Contender contender, int round, double seconds) {
    return new Outcome(
        contender, round, Map.of(Metric.LOAD_CPU, seconds, Metric.LOAD_WALL, seconds), "");
  }
}
