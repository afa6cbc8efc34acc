package ai.kale;

import java.util.Map;

/**
 * Ranks paths of the same cost: of these, those with the higher score come first.
 *
 * <p>A scorer is a pure function of the path and its graph: the same path always gets the same
 * score, in any thread. With a scorer every path of the lengths that are searched is looked at,
 * also when only the best few are kept, since any of them may be the best; memory stays bounded by
 * the number kept.
 *
 * <pre>{@code
 * PathScorer scorer = PathScorer.specificity().plus(PathScorer.confidence().times(0.5));
 * PathScorer own = path -> path.inverse(0) ? 0 : 1;
 * }</pre>
 */
@FunctionalInterface
public interface PathScorer {
  /**
   * Scores one path.
   *
   * @param path the path; not to be kept
   * @return any number but NaN; higher is better
   */
  double score(PathView path);

  /** Names this scorer, with its settings, for provenance. */
  default String id() {
    return getClass().isHidden() ? "custom" : getClass().getName();
  }

  /** All paths alike: paths of the same cost stay in the order of their ids. */
  static PathScorer none() {
    return PathScorers.NONE;
  }

  /** Fewer hops score higher: minus the number of hops. */
  static PathScorer length() {
    return new PathScorers.Length();
  }

  /**
   * Paths through entities with few arcs score higher: minus the sum of ln(degree) over the
   * intermediate entities, which is the log of the product of their inverse degrees; 0 for one hop.
   */
  static PathScorer specificity() {
    return new PathScorers.Specificity();
  }

  /**
   * Rare relations score higher: minus the mean over the hops of the log of the relation's share of
   * the triples, in nats; 0 or more.
   *
   * @param triplesByRelation number of triples of each relation id, each at least 1, as graph
   *     statistics count them; a relation that is not in it counts as one triple
   * @return the scorer
   */
  static PathScorer rareRelations(Map<String, Long> triplesByRelation) {
    return new PathScorers.RareRelations(triplesByRelation);
  }

  /** The product of the weights of the triples; 1 in a graph without weights. */
  static PathScorer confidence() {
    return new PathScorers.Confidence();
  }

  /** Different relations on the path, as a share of its hops: in (0, 1], the direction ignored. */
  static PathScorer relationDiversity() {
    return new PathScorers.RelationDiversity();
  }

  /**
   * The sum of this score and another.
   *
   * @param other what is added
   * @return a new scorer
   */
  default PathScorer plus(PathScorer other) {
    return new PathScorers.Sum(this, other);
  }

  /**
   * This score times a constant.
   *
   * @param factor finite; a negative one turns the order round
   * @return a new scorer
   */
  default PathScorer times(double factor) {
    return new PathScorers.Scaled(this, factor);
  }
}
