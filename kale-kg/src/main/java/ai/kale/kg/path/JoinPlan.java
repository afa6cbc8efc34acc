package ai.kale.kg.path;

/** How the paths of three or four hops from one source are found. All give the same paths. */
enum JoinPlan {
  /** Walk from the source; join the lists of what is two hops before the end with the last hops. */
  DIRECT,
  /** The same, but look up in the last hops, which are marked before. */
  MARKED,
  /** Find what lies between the source and all that is two hops from it, seen from the targets. */
  BACK,
  /** Join each list at the source with each list at the targets; four hops only. */
  PAIRS,
  /** Put all two-hop walks into the targets in a table, walk two hops to it; four hops only. */
  TABLE,
  /** The same with a table of only those walks that two hops from the source reach. */
  TABLE_OF_REACHED;

  /** This plan, or the direct one where this is for four hops only. */
  JoinPlan forThreeHops() {
    return this == MARKED || this == BACK ? this : DIRECT;
  }
}
