package ai.kale.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever an example holds is part of the hash. */
class DataHashTest {
  private static final int[] ONE = {1};
  private static final int[] OTHER = {1, 2};

  private static TrainingExample example(Bridge... bridges) {
    return new TrainingExample("q", ONE, ONE, ONE, ONE, List.of(bridges));
  }

  @Test
  void everyPartChangesTheHash() {
    List<Bridge> none = List.of();
    List<TrainingExample> all =
        List.of(
            example(),
            new TrainingExample("r", ONE, ONE, ONE, ONE, none),
            new TrainingExample("q", OTHER, ONE, ONE, ONE, none),
            new TrainingExample("q", ONE, OTHER, ONE, ONE, none),
            new TrainingExample("q", ONE, ONE, OTHER, ONE, none),
            new TrainingExample("q", ONE, ONE, ONE, OTHER, none),
            example(new Bridge(1, 5, true)),
            example(new Bridge(2, 5, true)),
            example(new Bridge(1, 6, true)),
            example(new Bridge(1, 5, false)),
            example(new Bridge(1, List.of(5, 6), true)),
            example(new Bridge(1, 5, true), new Bridge(2, 6, true)));
    Set<String> hashes = new HashSet<>();
    for (TrainingExample example : all) {
      hashes.add(DataHash.of(List.of(example)));
    }
    assertThat(hashes).hasSameSizeAs(all);
  }
}
