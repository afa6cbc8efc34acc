package ai.kale;

import java.util.Map;

/** The scorers behind {@link PathScorer}'s factories. Records, so that equal settings are equal. */
final class PathScorers {
  static final PathScorer NONE = new None();

  private PathScorers() {}

  record None() implements PathScorer {
    @Override
    public double score(PathView path) {
      return 0;
    }

    @Override
    public String id() {
      return "none";
    }
  }

  record Length() implements PathScorer {
    @Override
    public double score(PathView path) {
      return -path.hops();
    }

    @Override
    public String id() {
      return "length";
    }
  }

  record Specificity() implements PathScorer {
    @Override
    public double score(PathView path) {
      double sum = 0;
      for (int place = 1; place < path.hops(); place++) {
        sum -= Math.log(path.degree(place));
      }
      return sum;
    }

    @Override
    public String id() {
      return "specificity";
    }
  }

  record RareRelations(Map<String, Long> counts, long total) implements PathScorer {
    RareRelations(Map<String, Long> counts) {
      this(Map.copyOf(counts), counts.values().stream().mapToLong(Long::longValue).sum());
    }

    RareRelations {
      counts.forEach(
          (id, count) -> {
            if (count < 1) {
              throw new IllegalArgumentException(
                  "relation '" + id + "' has a count of " + count + "; counts are at least 1");
            }
          });
    }

    @Override
    public double score(PathView path) {
      double sum = 0;
      for (int hop = 0; hop < path.hops(); hop++) {
        long count = counts.getOrDefault(path.graph().relationId(path.relation(hop)), 1L);
        sum -= Math.log((double) count / Math.max(count, total));
      }
      return sum / path.hops();
    }

    @Override
    public String id() {
      return "rare-relations[" + counts.size() + " relations, " + total + " triples]";
    }
  }

  record Confidence() implements PathScorer {
    @Override
    public double score(PathView path) {
      double product = 1;
      for (int hop = 0; hop < path.hops(); hop++) {
        product *= path.weight(hop);
      }
      return product;
    }

    @Override
    public String id() {
      return "confidence";
    }
  }

  record RelationDiversity() implements PathScorer {
    @Override
    public double score(PathView path) {
      int different = 0;
      for (int hop = 0; hop < path.hops(); hop++) {
        different += isNew(path, hop) ? 1 : 0;
      }
      return (double) different / path.hops();
    }

    private static boolean isNew(PathView path, int hop) {
      for (int earlier = 0; earlier < hop; earlier++) {
        if (path.relation(earlier) == path.relation(hop)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String id() {
      return "relation-diversity";
    }
  }

  record Sum(PathScorer first, PathScorer second) implements PathScorer {
    @Override
    public double score(PathView path) {
      return first.score(path) + second.score(path);
    }

    @Override
    public String id() {
      return "(" + first.id() + " + " + second.id() + ")";
    }
  }

  record Scaled(PathScorer scorer, double factor) implements PathScorer {
    Scaled {
      if (!Double.isFinite(factor)) {
        throw new IllegalArgumentException("a factor must be finite; got " + factor);
      }
    }

    @Override
    public double score(PathView path) {
      return factor * scorer.score(path);
    }

    @Override
    public String id() {
      return factor + " * " + scorer.id();
    }
  }
}
