package ai.kale.kg.path;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the two balls at their meeting layer and prunes towards both ends.
 *
 * <p>Every arc list of the balls is scanned once: O(arcs of the balls + sorting the layers).
 */
final class LayerBuilder {
  private final ArcReader reader;
  private final PathRules rules;

  LayerBuilder(ArcReader reader, PathRules rules) {
    this.reader = reader;
    this.rules = rules;
  }

  /**
   * Makes the layers of the walks of length {@code forward.size() + backward.size()}.
   *
   * @param forward arcs of the layers 0, 1, … from the sources
   * @param backward arcs into the layers at distance 0, 1, … from the targets
   * @param left entities reached from the sources by as many hops as there are forward blocks
   * @param right entities from which the targets are reached by as many hops as backward blocks
   * @return the layers, or null if there is no such walk
   */
  @Nullable LayerGraph build(
      List<ArcBlock> forward, List<ArcBlock> backward, IntIndex left, IntIndex right) {
    int middle = forward.size();
    int length = middle + backward.size();
    int[] common = intersection(left, right);
    int[] meeting =
        reader.sorted(middle > 0 && middle < length ? rules.passable(common) : common);
    if (meeting.length == 0) {
      return null;
    }
    LayerGraph layers = new LayerGraph(length, reader);
    layers.entities[middle] = meeting;
    for (int i = middle - 1; i >= 0; i--) {
      before(layers, i, forward.get(i));
    }
    for (int i = middle; i < length; i++) {
      after(layers, i, backward.get(length - 1 - i));
    }
    return layers;
  }

  private static int[] intersection(IntIndex a, IntIndex b) {
    IntIndex few = a.size() <= b.size() ? a : b;
    IntIndex many = few == a ? b : a;
    int[] common = new int[few.size()];
    int count = 0;
    for (int i = 0; i < few.size(); i++) {
      if (many.find(few.key(i)) >= 0) {
        common[count++] = few.key(i);
      }
    }
    return Arrays.copyOf(common, count);
  }

  /** Layer i from layer i + 1, by the arcs that leave layer i. */
  private void before(LayerGraph layers, int i, ArcBlock block) {
    IntIndex next = IntIndex.of(layers.entities[i + 1]);
    long[] hops = new long[16];
    int[] start = new int[block.frontier.length + 1];
    int count = 0;
    int kept = 0;
    int[] keptEntities = new int[block.frontier.length];
    for (int f = 0; f < block.frontier.length; f++) {
      int first = count;
      for (int a = block.off[f]; a < block.off[f + 1]; a++) {
        int place = next.find(block.nbr[a]);
        if (place >= 0) {
          if (count == hops.length) {
            hops = Arrays.copyOf(hops, 2 * count);
          }
          hops[count++] = layers.hop(block.lab[a], place);
        }
      }
      if (count > first) {
        start[kept] = first;
        keptEntities[kept++] = block.frontier[f];
        start[kept] = count;
      }
    }
    keptEntities = Arrays.copyOf(keptEntities, kept);
    IntIndex scanned = IntIndex.of(keptEntities);
    int[] sorted = reader.sorted(keptEntities);
    int[] from = new int[kept];
    int[] to = new int[kept];
    for (int p = 0; p < kept; p++) {
      int s = scanned.find(sorted[p]);
      from[p] = start[s];
      to[p] = start[s + 1];
    }
    layers.entities[i] = sorted;
    layers.from[i] = from;
    layers.to[i] = to;
    layers.hops[i] = hops;
  }

  /** Layer i + 1 from layer i, by the arcs that arrive at layer i + 1. */
  private void after(LayerGraph layers, int i, ArcBlock block) {
    IntIndex here = IntIndex.of(layers.entities[i]);
    int[] degree = new int[here.size() + 1];
    int[] keptEntities = new int[block.frontier.length];
    int kept = 0;
    for (int f = 0; f < block.frontier.length; f++) {
      boolean any = false;
      for (int a = block.off[f]; a < block.off[f + 1]; a++) {
        int place = here.find(block.nbr[a]);
        if (place >= 0) {
          degree[place + 1]++;
          any = true;
        }
      }
      if (any) {
        keptEntities[kept++] = block.frontier[f];
      }
    }
    for (int p = 0; p < here.size(); p++) {
      degree[p + 1] += degree[p];
    }
    int[] sorted = reader.sorted(Arrays.copyOf(keptEntities, kept));
    IntIndex next = IntIndex.of(sorted);
    int[] from = Arrays.copyOf(degree, here.size());
    int[] to = from.clone();
    long[] hops = new long[degree[here.size()]];
    for (int f = 0; f < block.frontier.length; f++) {
      int target = next.find(block.frontier[f]);
      for (int a = block.off[f]; target >= 0 && a < block.off[f + 1]; a++) {
        int place = here.find(block.nbr[a]);
        if (place >= 0) {
          hops[to[place]++] = layers.hop(block.lab[a], target);
        }
      }
    }
    layers.entities[i + 1] = sorted;
    layers.from[i] = from;
    layers.to[i] = to;
    layers.hops[i] = hops;
  }
}
