package ai.kale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.kale.testing.ToyGraph;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values by hand. */
class PathScorerTest {
  /** Relations 0 birthplace, 1 country, 2 currency, 3 capital, 4 knows. */
  private record View(int[] relations, float[] weights, int[] degrees) implements PathView {
    @Override
    public KnowledgeGraph graph() {
      return ToyGraph.curie();
    }

    @Override
    public int hops() {
      return relations.length;
    }

    @Override
    public int entity(int place) {
      return place;
    }

    @Override
    public int relation(int hop) {
      return relations[hop];
    }

    @Override
    public boolean inverse(int hop) {
      return hop == 0;
    }

    @Override
    public float weight(int hop) {
      return weights[hop];
    }

    @Override
    public int degree(int place) {
      return degrees[place];
    }
  }

  private static final PathView THREE =
      new View(new int[] {0, 1, 0}, new float[] {0.5f, 0.25f, 1}, new int[] {100, 4, 3, 100});
  private static final PathView ONE =
      new View(new int[] {2}, new float[] {0.75f}, new int[] {7, 9});

  @Test
  void noneAndLength() {
    assertThat(PathScorer.none().score(THREE)).isZero();
    assertThat(PathScorer.length().score(THREE)).isEqualTo(-3);
    assertThat(PathScorer.length().score(ONE)).isEqualTo(-1);
  }

  @Test
  void specificityIsTheLogOfTheInverseDegreesBetweenTheEnds() {
    assertThat(PathScorer.specificity().score(THREE)).isEqualTo(-Math.log(12), within(1e-12));
    assertThat(PathScorer.specificity().score(ONE)).isZero();
  }

  @Test
  void rareRelationsAreWorthTheirInformation() {
    PathScorer scorer = PathScorer.rareRelations(Map.of("birthplace", 6L, "country", 2L));
    double expected = (-2 * Math.log(6 / 8.0) - Math.log(2 / 8.0)) / 3;
    assertThat(scorer.score(THREE)).isEqualTo(expected, within(1e-12));
    assertThat(scorer.score(ONE)).as("unknown").isEqualTo(Math.log(8), within(1e-12));
    assertThat(PathScorer.rareRelations(Map.of()).score(ONE)).as("of one triple").isZero();
  }

  @Test
  void countsOfRelationsStartAtOne() {
    assertThatThrownBy(() -> PathScorer.rareRelations(Map.of("r", 0L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'r'")
        .hasMessageContaining("0");
  }

  @Test
  void confidenceIsTheProductOfWeights() {
    assertThat(PathScorer.confidence().score(THREE)).isEqualTo(0.125);
    assertThat(PathScorer.confidence().score(ONE)).isEqualTo(0.75);
  }

  @Test
  void diversityIsTheShareOfDifferentRelations() {
    assertThat(PathScorer.relationDiversity().score(THREE)).isEqualTo(2 / 3.0);
    assertThat(PathScorer.relationDiversity().score(ONE)).isEqualTo(1);
  }

  @Test
  void scorersAddUpAndSayOfWhatTheyAreMade() {
    PathScorer sum = PathScorer.confidence().plus(PathScorer.length().times(-0.5));
    assertThat(sum.score(THREE)).isEqualTo(0.125 + 1.5);
    assertThat(sum.id()).isEqualTo("(confidence + -0.5 * length)");
    assertThat(sum).isEqualTo(PathScorer.confidence().plus(PathScorer.length().times(-0.5)));
    assertThat(PathScorer.specificity().id()).isEqualTo("specificity");
    assertThat(PathScorer.relationDiversity().id()).isEqualTo("relation-diversity");
    assertThat(PathScorer.rareRelations(Map.of("a", 2L, "b", 3L)).id())
        .isEqualTo("rare-relations[2 relations, 5 triples]");
    PathScorer own = path -> 1;
    assertThat(own.id()).isEqualTo("custom");
    assertThatThrownBy(() -> own.times(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> own.times(Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
  }

  @Test
  void aUsersOwnScorerSeesThePath() {
    PathScorer own = path -> path.inverse(0) ? path.degree(0) + path.entity(path.hops()) : 0;
    assertThat(own.score(THREE)).isEqualTo(103);
    PathScorer named = path -> path.graph().relationId(path.relation(0)).length();
    assertThat(named.score(ONE)).isEqualTo("currency".length());
  }
}
