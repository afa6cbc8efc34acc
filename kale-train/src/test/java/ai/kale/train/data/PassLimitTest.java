package ai.kale.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PassLimitTest {
  @Property(tries = 300, seed = "20261122")
  void passesAreWithinTheLimitAndJoinToTheBatch(
      @ForAll @Size(min = 0, max = 40) List<@IntRange(min = 1, max = 30) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 9) int most,
      @ForAll @IntRange(min = 1, max = 120) int tokens) {
    int[] batch = new int[lengths.size()];
    Arrays.setAll(batch, i -> i);
    List<int[]> passes =
        new PassLimit(most, tokens).split(batch, lengths::get, i -> 1 + lengths.get(i) % 2);
    assertThat(passes.stream().flatMapToInt(Arrays::stream).toArray()).isEqualTo(batch);
    for (int[] pass : passes) {
      assertThat(pass.length).isBetween(1, most);
      int width = Arrays.stream(pass).map(lengths::get).max().orElseThrow();
      int height = Arrays.stream(pass).map(i -> 1 + lengths.get(i) % 2).sum();
      assertThat(pass.length == 1 || width * height <= tokens).isTrue();
    }
    for (int i = 1; i < passes.size(); i++) {
      int[] before = passes.get(i - 1);
      int[] joined = Arrays.copyOf(before, before.length + 1);
      joined[before.length] = passes.get(i)[0];
      int width = Arrays.stream(joined).map(lengths::get).max().orElseThrow();
      int height = Arrays.stream(joined).map(j -> 1 + lengths.get(j) % 2).sum();
      assertThat(joined.length > most || width * height > tokens).isTrue();
    }
  }

  @Test
  void noLimitIsOnePass() {
    assertThat(PassLimit.NONE.split(new int[] {4, 2, 9}, i -> 1 << 20, i -> 3))
        .containsExactly(new int[] {4, 2, 9});
    assertThatThrownBy(() -> new PassLimit(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PassLimit(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
