package ai.kale.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One model to train.
 *
 * @param method how
 * @param noise share of wrong answers, 0 for none
 * @param seed of the training sample, the noise and the order
 */
record Cell(Method method, double noise, long seed) {
  /** A name that is also a file name. */
  String name() {
    return series() + "-seed" + seed;
  }

  /** The name without the seed: cells of one series are compared as one method. */
  String series() {
    return String.format(
        Locale.ROOT,
        "%s-noise%02d",
        method.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        Math.round(noise * 100));
  }

  /**
   * All cells of a run, seed by seed, so that an interrupted run has whole seeds; without the noisy
   * ones where no question states a path that does not depend on its answer.
   */
  static List<Cell> all(int seeds, double noise, boolean withNoise) {
    List<Cell> cells = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      for (Method method : Method.clean()) {
        cells.add(new Cell(method, 0, seed));
      }
      for (Method method : withNoise ? Method.noisy() : List.<Method>of()) {
        cells.add(new Cell(method, noise, seed));
      }
    }
    return cells;
  }
}
