package ai.kale.examples.bench.store;

import ai.kale.examples.bench.data.DataSet;

/** What is the same for every contender that loads: time, heap, then the scans. */
final class LoadRun {
  @FunctionalInterface
  interface Loader<S> {
    S load(DataSet data) throws Exception;
  }

  private LoadRun() {}

  /** Loads, and measures that. */
  static <S extends Store> S load(Job job, Measures out, Loader<S> loader) throws Exception {
    DataSet data = job.dataSet();
    long before = HeapWatch.live();
    S store;
    try (HeapWatch watch = new HeapWatch()) {
      Clock clock = new Clock();
      store = loader.load(data);
      out.put(Metric.LOAD_WALL, clock.wallSeconds());
      out.put(Metric.LOAD_CPU, clock.cpuSeconds());
      out.put(Metric.HEAP_PEAK, watch.peak());
    }
    out.put(Metric.HEAP_LIVE, HeapWatch.live() - before);
    out.put(Metric.TRIPLES, store.triples());
    return store;
  }

  /** Loads, measures that, and scans. */
  static <S extends Store> void loadAndScan(Job job, Measures out, Loader<S> loader)
      throws Exception {
    S store = load(job, out, loader);
    Scans scans = new Scans(job);
    scans.check(store, out);
    scans.measure(store, out, Metric.SCAN_RANDOM, Metric.SCAN_SEQUENTIAL);
  }
}
