package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objectives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of any source. */
class EpochPlanTest {
  private static BatchSource source(int examples, int batch, int lengths) {
    List<TrainingExample> all =
        IntStream.range(0, examples)
            .mapToObj(i -> TrainingExample.of("q" + i, new int[1 + i * 7 % lengths], new int[] {1}))
            .toList();
    return BatchSource.of("s", 1, all, Objectives.sft(), batch);
  }

  @Property(tries = 200, seed = "20261122")
  void anEpochIsAPermutationInBatchesOfEqualSize(
      @ForAll @IntRange(min = 1, max = 150) int examples,
      @ForAll @IntRange(min = 1, max = 40) int batch,
      @ForAll @IntRange(min = 1, max = 9) int lengths,
      @ForAll long seed) {
    BatchSource source = source(examples, batch, lengths);
    EpochPlan plan = new EpochPlan(seed, 0, source);
    int batches = (examples + batch - 1) / batch;
    List<Integer> seen = new ArrayList<>();
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (int b = 0; b < batches; b++) {
      int[] some = plan.batch(3L * batches + b);
      Arrays.stream(some).forEach(seen::add);
      smallest = Math.min(smallest, some.length);
      largest = Math.max(largest, some.length);
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, examples).boxed().toList());
    assertThat(largest).isLessThanOrEqualTo(batch);
    assertThat(largest - smallest).isLessThanOrEqualTo(1);
  }

  @Property(tries = 100, seed = "20261122")
  void aBatchDependsOnSeedSourceAndVisitAlone(
      @ForAll @IntRange(min = 1, max = 60) int examples,
      @ForAll @IntRange(min = 0, max = 50) int visit,
      @ForAll long seed) {
    BatchSource source = source(examples, 8, 4);
    EpochPlan fresh = new EpochPlan(seed, 1, source);
    EpochPlan used = new EpochPlan(seed, 1, source);
    for (int v = 0; v < visit; v++) {
      used.batch(v);
    }
    assertThat(used.batch(visit)).isEqualTo(fresh.batch(visit));
  }

  /** The batches of an epoch, each as the sorted numbers of its examples. */
  private static List<List<Integer>> epoch(EpochPlan plan, int epoch, int batches) {
    return IntStream.range(0, batches)
        .mapToObj(b -> Arrays.stream(plan.batch((long) epoch * batches + b)).sorted())
        .map(batch -> batch.boxed().toList())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"40, 10", "160, 10", "41, 20"})
  void eachEpochMakesOtherBatchesOfExamplesThatDifferInLength(int examples, int batch) {
    EpochPlan plan = new EpochPlan(1, 0, source(examples, batch, 1_009));
    int batches = (examples + batch - 1) / batch;
    Set<List<Integer>> distinct = new HashSet<>();
    for (int e = 0; e < 25; e++) {
      distinct.addAll(epoch(plan, e, batches));
    }
    assertThat(distinct.size()).isGreaterThan(24 * batches);
  }

  @Test
  void manyBatchesHoldExamplesOfSimilarLength() {
    int examples = 1_600;
    BatchSource source = source(examples, 8, 997);
    EpochPlan plan = new EpochPlan(1, 0, source);
    double spread = 0;
    for (int b = 0; b < 200; b++) {
      int[] lengths =
          Arrays.stream(plan.batch(b)).map(i -> source.examples().get(i).prompt().length).toArray();
      spread += Arrays.stream(lengths).max().orElseThrow();
      spread -= Arrays.stream(lengths).min().orElseThrow();
    }
    // Of lengths from 1 to 997, eight taken at random lie 775 apart.
    assertThat(spread / 200).isLessThan(30);
  }

  @Test
  void sourcesOfOneRunHaveOrdersOfTheirOwn() {
    BatchSource source = source(60, 5, 4);
    List<List<Integer>> first = epoch(new EpochPlan(1, 0, source), 0, 12);
    List<List<Integer>> second = epoch(new EpochPlan(1, 1, source), 0, 12);
    assertThat(first).doesNotContainAnyElementsOf(second);
  }
}
