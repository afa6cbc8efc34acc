package ai.kale.kg.graph;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of ids as strings, as numbers, so that sorting by id compares ints. */
final class IdRanks {
  final int[] rank;
  final int[] byRank;

  IdRanks(StringDictionary ids) {
    byRank =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparing(ids::get))
            .mapToInt(Integer::intValue)
            .toArray();
    rank = new int[byRank.length];
    for (int i = 0; i < byRank.length; i++) {
      rank[byRank[i]] = i;
    }
  }
}
