package ai.kale.kg.graph;

/**
 * The order of ids as strings, as numbers, so that sorting by id compares ints. Computed in O(bytes
 * that tell the ids apart) by {@link IdSorter}.
 */
final class IdRanks {
  final int[] rank;
  final int[] byRank;

  IdRanks(IdDictionary ids) {
    this(new IdSorter(ids).sorted());
  }

  private IdRanks(int[] byRank) {
    this.byRank = byRank;
    rank = new int[byRank.length];
    for (int i = 0; i < byRank.length; i++) {
      rank[byRank[i]] = i;
    }
  }

  /** Ranks that were computed before. */
  static IdRanks of(IntColumn byRank) {
    int[] order = new int[byRank.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = byRank.get(i);
    }
    return new IdRanks(order);
  }
}
