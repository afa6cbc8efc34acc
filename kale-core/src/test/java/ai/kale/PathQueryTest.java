package ai.kale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.testing.ToyGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Queries, filters and hub policies: values that do not change. */
class PathQueryTest {
  private static final PathQuery QUERY = PathQuery.between(new int[] {3, 1, 3}, new int[] {2});

  @Test
  void endPointsAreDistinctRisingAndCopies() {
    int[] given = {5, 4, 5};
    PathQuery query = PathQuery.between(given, given);
    given[0] = 9;
    query.sources()[0] = 9;
    query.targets()[1] = 9;
    assertThat(query.sources()).containsExactly(4, 5);
    assertThat(query.targets()).containsExactly(4, 5);
    PathQuery moved = query.withMaxHops(2).withEndpoints(new int[] {7}, new int[0]);
    assertThat(moved.sources()).containsExactly(7);
    assertThat(moved.targets()).isEmpty();
    assertThat(moved.maxHops()).isEqualTo(2);
  }

  @Test
  void theDefaultsAreWhatTheDocumentationSays() {
    assertThat(QUERY.maxHops()).isEqualTo(3);
    assertThat(QUERY.maxPaths()).isEqualTo(16);
    assertThat(QUERY.direction()).isEqualTo(Direction.BOTH);
    assertThat(QUERY.mode()).isEqualTo(PathMode.SIMPLE);
    assertThat(QUERY.filter()).isEqualTo(PathFilter.NONE);
    assertThat(QUERY.relationCosts()).isEmpty();
    assertThat(QUERY.isRanked()).isFalse();
    assertThat(QUERY.maxArcs()).isEqualTo(Long.MAX_VALUE);
    assertThat(QUERY.maxTime()).isEmpty();
    assertThat(QUERY.describe())
        .containsOnly(Map.entry("maxHops", "3"), Map.entry("maxPaths", "16"));
  }

  @Test
  void eachSettingMakesANewQuery() {
    Map<String, Double> costs = new HashMap<>(Map.of("r", 2.0));
    PathQuery all =
        QUERY
            .withMaxHops(4)
            .withMaxPaths(5)
            .withDirection(Direction.FORWARD)
            .withMode(PathMode.TRAIL)
            .withFilter(PathFilter.NONE.denyRelations(List.of("P31")))
            .withRelationCosts(costs)
            .withScorer(PathScorer.specificity())
            .withMaxArcs(1000)
            .withMaxTime(Duration.ofSeconds(2));
    costs.put("s", 3.0);
    assertThat(QUERY.describe()).hasSize(2);
    assertThat(all.describe())
        .containsOnly(
            Map.entry("direction", "forward"),
            Map.entry("filter", "deny[P31]"),
            Map.entry("maxArcs", "1000"),
            Map.entry("maxHops", "4"),
            Map.entry("maxPaths", "5"),
            Map.entry("maxTime", "PT2S"),
            Map.entry("mode", "trail"),
            Map.entry("relationCosts", "{r=2.0}"),
            Map.entry("scorer", "specificity"));
    assertThat(all.isRanked()).isTrue();
    assertThat(all.toString()).contains("[1, 3]").contains("deny[P31]");
    assertThatThrownBy(() -> all.relationCosts().put("t", 1.0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(all.withScorer(PathScorer.none()).describe()).doesNotContainKey("scorer");
  }

  @Test
  void senselessLimitsAreErrorsThatQuoteThem() {
    assertThatThrownBy(() -> QUERY.withMaxHops(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> QUERY.withMaxPaths(-1)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> QUERY.withMaxArcs(0)).hasMessageContaining("maxArcs");
    assertThatThrownBy(() -> QUERY.withMaxTime(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> QUERY.withMaxTime(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (double cost : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> QUERY.withRelationCosts(Map.of("r", cost)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'r'")
          .hasMessageContaining(Double.toString(cost));
    }
  }

  @Test
  void filtersGrowAndDoNotChange() {
    List<String> given = new ArrayList<>(List.of("b", "a"));
    PathFilter allowed = PathFilter.NONE.allowRelations(given);
    given.add("c");
    PathFilter all =
        allowed
            .denyRelations(List.of("b"))
            .denyRelations(List.of("z"))
            .excludeEntities(List.of("e2"))
            .excludeEntities(List.of("e1"))
            .withHubs(HubPolicy.skipAbove(10));
    assertThat(allowed.allowsRelation("b")).isTrue();
    assertThat(allowed.allowsRelation("c")).isFalse();
    assertThat(all.allowsRelation("a")).isTrue();
    assertThat(all.allowsRelation("b")).as("denied though allowed").isFalse();
    assertThat(all.excludedEntities()).containsExactly("e1", "e2");
    assertThat(all.hubs()).isEqualTo(HubPolicy.skipAbove(10));
    assertThat(all).hasToString("allow[a, b] deny[b, z] exclude[e1, e2] hubs[skip>10]");
    assertThat(PathFilter.NONE).hasToString("none");
    assertThat(PathFilter.NONE.allowsAllRelations()).isTrue();
    assertThat(PathFilter.NONE.allowRelations(List.of()).allowsRelation("a")).isFalse();
    assertThat(allowed.allowRelations(List.of("x")).allowsRelation("a")).as("replaced").isFalse();
  }

  @Test
  void equalFiltersAreEqual() {
    PathFilter one = PathFilter.NONE.denyRelations(List.of("a", "b"));
    PathFilter two = PathFilter.NONE.denyRelations(List.of("b")).denyRelations(List.of("a"));
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).isNotEqualTo(PathFilter.NONE);
    assertThat(one).isNotEqualTo(PathFilter.NONE.allowRelations(List.of("a", "b")));
    assertThat(one.withHubs(HubPolicy.skipAbove(1))).isNotEqualTo(one);
    assertThat(one.excludeEntities(List.of("e"))).isNotEqualTo(one);
  }

  @Test
  void aFilterNamesWhatAGraphDoesNotHave() {
    PathFilter filter =
        PathFilter.NONE
            .allowRelations(List.of("capital", "capitol"))
            .denyRelations(List.of("birth place", "country"))
            .excludeEntities(List.of("Warsaw", "Warschau"));
    assertThat(filter.unknownTo(ToyGraph.curie()))
        .containsExactly("birth place", "capitol", "Warschau");
  }

  @Test
  void hubPoliciesSayWhatTheyDo() {
    assertThat(HubPolicy.KEEP.isActive()).isFalse();
    assertThat(HubPolicy.KEEP).hasToString("keep");
    assertThat(HubPolicy.skipAbove(100).isActive()).isTrue();
    assertThat(HubPolicy.skipAbove(100)).hasToString("skip>100");
    assertThat(HubPolicy.sampleAbove(50, 7)).hasToString("sample>50,seed=7");
    assertThatThrownBy(() -> HubPolicy.skipAbove(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}
