package ai.kale.examples.bench.store;

import java.util.Arrays;

/** The scans: the same entities for every contender, looked up before the clock starts. */
final class Scans {
  private static final double WARM_UP = 0.4;
  private static final long BITS = (1L << 52) - 1;

  private final Job job;
  private final int[] random;
  private final int[] consecutive;

  Scans(Job job) {
    int[] numbers = job.dataSet().entityNumbers();
    this.job = job;
    this.random = job.random(numbers);
    this.consecutive = job.consecutive(numbers);
  }

  /** Adds up what the random scan sees, in a form that is the same for every store. */
  void check(Store store, Measures out) {
    long[] sums = new long[2];
    long arcs =
        visit(
            store.scan(random),
            (entity, relation, inverse, neighbour) -> {
              long ends = mix((long) entity << 32 | neighbour) + (inverse ? 1 : 0);
              sums[0] += mix(ends);
              sums[1] += mix(ends * 31 + relation);
            });
    out.put(Metric.RANDOM_ARCS, arcs);
    out.put(Metric.CHECK_NEIGHBOURS, sums[0] & BITS);
    if (store.hasRelations()) {
      out.put(Metric.CHECK_ARCS, sums[1] & BITS);
    }
  }

  /** Measures both scans, in arcs a second. */
  void measure(Store store, Measures out, Metric ofRandom, Metric ofConsecutive) {
    out.put(ofRandom, rate(store.scan(random)));
    out.put(ofConsecutive, rate(store.scan(consecutive)));
  }

  /** Warms up for part of the time, then takes the median of the passes that fit into the rest. */
  private double rate(Store.Scan scan) {
    double arcs = visit(scan, (entity, relation, inverse, neighbour) -> {});
    Clock clock = new Clock();
    long sum;
    do {
      sum = scan.sum();
    } while (clock.wallSeconds() < job.scanSeconds() * WARM_UP);
    double[] rates = new double[1 << 16];
    int passes = 0;
    do {
      long start = System.nanoTime();
      long again = scan.sum();
      rates[passes++] = arcs * 1e9 / (System.nanoTime() - start);
      if (again != sum) {
        throw new IllegalStateException("two scans of the same arcs saw " + sum + " and " + again);
      }
    } while (clock.wallSeconds() < job.scanSeconds() && passes < rates.length);
    Arrays.sort(rates, 0, passes);
    return (rates[passes / 2] + rates[(passes - 1) / 2]) / 2;
  }

  private static long visit(Store.Scan scan, Store.Arcs arcs) {
    long[] count = new long[1];
    scan.visit(
        (entity, relation, inverse, neighbour) -> {
          count[0]++;
          arcs.arc(entity, relation, inverse, neighbour);
        });
    return count[0];
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    return (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
  }
}
