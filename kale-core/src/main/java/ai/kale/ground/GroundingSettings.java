package ai.kale.ground;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.data.PathFallback;
import ai.kale.data.Provenance;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a {@link QuestionGrounder} works with. */
record GroundingSettings(
    KnowledgeGraph graph,
    EntityLinker linker,
    PathExtractor extractor,
    PathFallback fallback,
    PathQuery limits,
    int threads,
    RunContext context) {
  private static final Logger LOG = LoggerFactory.getLogger(QuestionGrounder.class);

  GroundingSettings withFallback(PathFallback kind) {
    return new GroundingSettings(graph, linker, extractor, kind, limits, threads, context);
  }

  GroundingSettings withLimits(PathQuery query) {
    return new GroundingSettings(graph, linker, extractor, fallback, query, threads, context);
  }

  GroundingSettings withThreads(int number) {
    return new GroundingSettings(graph, linker, extractor, fallback, limits, number, context);
  }

  GroundingSettings withContext(RunContext other) {
    return new GroundingSettings(graph, linker, extractor, fallback, limits, threads, other);
  }

  /** Blocks to have begun at once, unless the caller says otherwise. */
  int blocksInFlight() {
    return 4 * threads;
  }

  /** The extractor with its fallback. */
  PathExtractor searcher() {
    return extractor.withFallback(fallback);
  }

  /** The facts that all records of a run share. */
  Provenance provenance() {
    Provenance provenance =
        Provenance.of("ground", Map.of())
            .with("graph.snapshot", graph.snapshot())
            .with("linker", linker.id())
            .with("extractor", searcher().id());
    for (Map.Entry<String, String> fact : limits.describe().entrySet()) {
      provenance = provenance.with(fact.getKey(), fact.getValue());
    }
    return provenance;
  }

  /** Says which ids of the filter the graph does not have: most likely they are misspelt. */
  void warnOfUnknownIds() {
    List<String> unknown = limits.filter().unknownTo(graph);
    if (!unknown.isEmpty()) {
      LOG.warn(
          "the path filter names {} ids that the graph does not have, beginning with {}; they have"
              + " no effect, are they spelled as in the graph?",
          unknown.size(),
          unknown.subList(0, Math.min(10, unknown.size())));
    }
  }
}
