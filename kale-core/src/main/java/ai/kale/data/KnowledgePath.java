package ai.kale.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A path outside its graph, with all it takes to read it.
 *
 * @param source where it starts
 * @param steps its hops, at least one
 * @param score what the scorer of the search gave it, any number but NaN, higher is better; empty
 *     where there was no scorer. Minus zero is taken as zero
 */
public record KnowledgePath(EntityRef source, List<PathStep> steps, OptionalDouble score) {
  /** Copies the steps. */
  public KnowledgePath {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a path needs at least one hop");
    }
    if (score.isPresent()) {
      double value = score.getAsDouble();
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("the score of a path must be a number; got NaN");
      }
      score = OptionalDouble.of(value + 0.0);
    }
  }

  /**
   * A path without a score.
   *
   * @param source where it starts
   * @param steps its hops, at least one
   */
  public KnowledgePath(EntityRef source, List<PathStep> steps) {
    this(source, steps, OptionalDouble.empty());
  }

  /**
   * The same path with a score.
   *
   * @param newScore any number but NaN; higher is better
   * @return a new path
   */
  public KnowledgePath withScore(double newScore) {
    return new KnowledgePath(source, steps, OptionalDouble.of(newScore));
  }

  /** Number of hops. */
  public int hops() {
    return steps.size();
  }

  /** Where the path ends. */
  public EntityRef target() {
    return steps.get(steps.size() - 1).entity();
  }

  /** The intermediate entities ("bridges"), in order: all but source and target. */
  public List<EntityRef> bridges() {
    return steps.subList(0, steps.size() - 1).stream().map(PathStep::entity).toList();
  }

  /** The triples along the path, each in its own direction (subject, relation, object). */
  public List<TripleRef> triples() {
    List<TripleRef> triples = new ArrayList<>(steps.size());
    EntityRef here = source;
    for (PathStep step : steps) {
      triples.add(
          step.inverse()
              ? new TripleRef(step.entity(), step.relation(), here)
              : new TripleRef(here, step.relation(), step.entity()));
      here = step.entity();
    }
    return triples;
  }

  /**
   * The relation ids joined by {@code '/'}, an inverse hop prefixed by {@code '^'}: a name for the
   * path's type.
   */
  public String signature() {
    StringBuilder name = new StringBuilder();
    for (PathStep step : steps) {
      name.append(name.isEmpty() ? "" : "/")
          .append(step.inverse() ? "^" : "")
          .append(step.relation().id());
    }
    return name.toString();
  }
}
