package ai.kale.kg;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.List;
import java.util.Map;

/** Small graphs for tests. */
public final class TestGraphs {
  private TestGraphs() {}

  public static CompactGraph of(List<String[]> triples) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    triples.forEach(t -> builder.addTriple(t[0], t[1], t[2]));
    return builder.build();
  }

  /** Triples with a fourth column, the weight. */
  public static CompactGraph weighted(List<String[]> triples) {
    CompactGraphBuilder builder = CompactGraphBuilder.weighted();
    triples.forEach(t -> builder.addTriple(t[0], t[1], t[2], Float.parseFloat(t[3])));
    return builder.build();
  }

  /** With names: the label first, then aliases. */
  public static CompactGraph named(List<String[]> triples, Map<String, List<String>> names) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    triples.forEach(t -> builder.addTriple(t[0], t[1], t[2]));
    names.forEach(
        (id, own) -> {
          builder.addLabel(id, own.get(0));
          own.stream().skip(1).forEach(alias -> builder.addAlias(id, alias));
        });
    return builder.build();
  }

  /** Triples written as {@code "a knows b"}. */
  public static CompactGraph of(String... triples) {
    return of(List.of(triples).stream().map(text -> text.split(" ")).toList());
  }
}
