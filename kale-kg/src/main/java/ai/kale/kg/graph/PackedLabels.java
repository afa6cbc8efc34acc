package ai.kale.kg.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arc labels, relation * 2 + inverse: two bytes each while they fit, else four. */
final class PackedLabels {
  private final char @Nullable [] small;
  private final int @Nullable [] large;

  private PackedLabels(char @Nullable [] small, int @Nullable [] large) {
    this.small = small;
    this.large = large;
  }

  static PackedLabels of(int[] labels, int count, int relations) {
    if (relations * 2L > 1 << 16) {
      return new PackedLabels(null, Arrays.copyOf(labels, count));
    }
    char[] small = new char[count];
    for (int i = 0; i < count; i++) {
      small[i] = (char) labels[i];
    }
    return new PackedLabels(small, null);
  }

  int get(int arc) {
    char[] narrow = small;
    if (narrow != null) {
      return narrow[arc];
    }
    int[] wide = large;
    return wide == null ? 0 : wide[arc];
  }
}
