package ai.kale.train.objective;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which layer must name which bridge, as fractions of the model's depth.
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
    return new LensLayers(
        Map.of(1, List.of(0.5), 2, List.of(0.5, 0.75), 3, List.of(0.5, 0.625, 0.75)));
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
   * The layer for a bridge.
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
    return atDepth(depths.get(bridge - 1), layerCount);
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
