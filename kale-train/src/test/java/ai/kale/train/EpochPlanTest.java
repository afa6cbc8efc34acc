package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objectives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
}
