package ai.kale.kg.remote;

import java.util.concurrent.atomic.LongAdder;

/** The running totals behind {@link RemoteStatistics}. */
final class Counters {
  final LongAdder arcRequests = new LongAdder();
  final LongAdder nameRequests = new LongAdder();
  final LongAdder lookupRequests = new LongAdder();
  final LongAdder fetchedEntities = new LongAdder();
  final LongAdder cachedEntities = new LongAdder();
  final LongAdder fetchedArcs = new LongAdder();
  final LongAdder skippedArcs = new LongAdder();

  RemoteStatistics now() {
    return new RemoteStatistics(
        arcRequests.sum(),
        nameRequests.sum(),
        lookupRequests.sum(),
        fetchedEntities.sum(),
        cachedEntities.sum(),
        fetchedArcs.sum(),
        skippedArcs.sum());
  }
}
