package ai.kale.train.objective;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which layer must name which bridge, as fractions of the model's depth. Layer l of n is the
 * fraction l / n, so any choice of layers can be written down.
 *
 * @param fractions for each number of bridges, one fraction in (0, 1] for each bridge in order;
 *     paths with another number of bridges are not supervised
 */
public record LensLayers(Map<Integer, List<Double>> fractions) {
  /** Copies the map and checks counts and ranges. */
  public LensLayers {
    Map<Integer, List<Double>> copy = new TreeMap<>();
    fractions.forEach(
        (bridges, depths) -> {
          if (depths.size() != bridges || depths.stream().anyMatch(d -> !(d > 0 && d <= 1))) {
            throw new IllegalArgumentException(
                bridges + " bridges need as many fractions in (0, 1]; got " + depths);
          }
          copy.put(bridges, List.copyOf(depths));
        });
    fractions = Collections.unmodifiableMap(copy);
  }

  /**
   * What was measured best on four layers: one bridge at half depth (layer 2 of 4), two bridges at
   * one half and three quarters (layers 2 and 3 of 4). Three bridges are spread between the two,
   * which nothing was measured for.
   */
  public static LensLayers standard() {
    return spread(3, 0.5, 0.75);
  }

  /**
   * Bridges at equal distances: the first of a path at one fraction, the last at another; one
   * bridge alone at the first.
   *
   * @param mostBridges paths with 1 to this many bridges are supervised; at least 1
   * @param first fraction of the first bridge, in (0, 1]
   * @param last fraction of the last, in (0, 1], not below {@code first}
   * @return the layers
   */
  public static LensLayers spread(int mostBridges, double first, double last) {
    if (mostBridges < 1 || last < first) {
      throw new IllegalArgumentException(
          "spread needs at least one bridge and rising fractions; got "
              + mostBridges
              + ", "
              + first
              + " and "
              + last);
    }
    Map<Integer, List<Double>> fractions = new TreeMap<>();
    for (int bridges = 1; bridges <= mostBridges; bridges++) {
      List<Double> depths = new ArrayList<>();
      for (int j = 0; j < bridges; j++) {
        depths.add(first + (last - first) * j / Math.max(1, bridges - 1));
      }
      fractions.put(bridges, depths);
    }
    return new LensLayers(fractions);
  }

  /**
   * Whether paths with this many bridges are supervised.
   *
   * @param bridges number of bridges
   * @return true if there are layers for them
   */
  public boolean covers(int bridges) {
    return fractions.containsKey(bridges);
  }

  /**
   * The layer for a bridge: the nearest to its fraction of the depth, or one below the next
   * bridge's where rounding would give both the same. In a model with fewer layers than that takes,
   * the first bridges share layer 1.
   *
   * @param bridge 1-based
   * @param bridges number of bridges of the path; covered
   * @param layerCount layers of the model
   * @return 1 to {@code layerCount}
   */
  public int layer(int bridge, int bridges, int layerCount) {
    List<Double> depths = fractions.get(bridges);
    if (depths == null) {
      throw new IllegalArgumentException("no layers for " + bridges + " bridges");
    }
    int layer = atDepth(depths.get(bridges - 1), layerCount);
    for (int j = bridges - 1; j >= bridge; j--) {
      int nearest = atDepth(depths.get(j - 1), layerCount);
      boolean apart = depths.get(j - 1) < depths.get(j);
      layer = Math.max(1, apart ? Math.min(nearest, layer - 1) : nearest);
    }
    return layer;
  }

  /**
   * The layer at a fraction of the depth, rounded to the nearest.
   *
   * @param fraction in (0, 1]
   * @param layerCount layers of the model
   * @return 1 to {@code layerCount}
   */
  static int atDepth(double fraction, int layerCount) {
    return (int) Math.max(1, Math.min(layerCount, Math.round(fraction * layerCount)));
  }
}
