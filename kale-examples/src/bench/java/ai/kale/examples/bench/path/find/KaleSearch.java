package ai.kale.examples.bench.path.find;

import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.IntRows;
import ai.kale.examples.bench.path.data.PathFiles;
import ai.kale.examples.bench.path.data.SimpleGraph;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.List;

/** One of KALE's extractors on a {@link CompactGraph} on the heap. */
final class KaleSearch implements PathSearch {
  private final CompactGraph graph;
  private final PathExtractor extractor;

  private KaleSearch(CompactGraph graph, PathExtractor extractor) {
    this.graph = graph;
    this.extractor = extractor;
  }

  static KaleSearch onWholeGraph(PathFiles files, PathExtractor extractor) {
    return new KaleSearch(KnowledgeGraphs.read(files.triplesFile()), extractor);
  }

  /** On the graph without relations and parallel arcs, where paths are sequences of entities. */
  static KaleSearch onSimpleGraph(PathFiles files, PathExtractor extractor) {
    IntRows simple = SimpleGraph.of(files.triples(), files.manifest().entities()).triples();
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < simple.size(); i++) {
      builder.addTriple(id(simple.at(i, 0)), "0", id(simple.at(i, 2)));
    }
    return new KaleSearch(builder.build(), extractor);
  }

  private static String id(int entity) {
    return Integer.toString(entity);
  }

  @Override
  public Question ask(int source, int target, int hops, int maxPaths) {
    int[] ends = graph.entities(List.of(id(source), id(target)));
    if (ends[0] < 0 || ends[1] < 0) {
      throw new SetupException("a pair names an entity without triples: " + source + ", " + target);
    }
    PathQuery query =
        PathQuery.between(new int[] {ends[0]}, new int[] {ends[1]})
            .withMaxHops(hops)
            .withMaxPaths(maxPaths);
    return () -> {
      PathResult result = extractor.extract(graph, query);
      return new Found(result.paths().size(), result.report().arcsRead());
    };
  }

  @Override
  public void close() {
    graph.close();
  }
}
