package ai.kale.ground;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathReport;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One question after the search, still in handles. */
record Draft(
    Question question, int[] sources, int[] targets, List<String> unlinked, PathResult found) {
  /** Searches, unless an end is missing. */
  static Draft search(
      KnowledgeGraph graph,
      PathExtractor extractor,
      PathQuery limits,
      Question question,
      EntityLinker.Links links) {
    int[] sources = distinct(links.question());
    int[] targets = distinct(links.answer());
    PathResult found =
        sources.length == 0 || targets.length == 0
            ? new PathResult(List.of(), PathReport.complete(0))
            : extractor.extract(graph, limits.withEndpoints(sources, targets));
    return new Draft(question, sources, targets, links.unlinked(), found);
  }

  /** What all drafts mention, in one look-up. */
  static References lookUp(KnowledgeGraph graph, List<Draft> drafts) {
    int[] ends =
        drafts.stream()
            .flatMapToInt(d -> IntStream.concat(Arrays.stream(d.sources), Arrays.stream(d.targets)))
            .toArray();
    List<GraphPath> paths = drafts.stream().flatMap(d -> d.found.paths().stream()).toList();
    return References.lookUp(graph, ends, paths);
  }

  GroundedQuestion toRecord(References references, Provenance provenance) {
    GroundedQuestion grounded =
        new GroundedQuestion(
            question,
            references.entities(sources),
            references.entities(targets),
            unlinked,
            found.paths().stream().map(references::path).toList(),
            found.report(),
            provenance,
            Map.of());
    return new GroundedQuestion(
        question,
        grounded.questionEntities(),
        grounded.answerEntities(),
        unlinked,
        grounded.paths(),
        found.report(),
        provenance.with("outcome", GroundingOutcome.of(grounded).text()),
        Map.of());
  }

  /** In the linker's order. */
  private static int[] distinct(List<Integer> handles) {
    return handles.stream().mapToInt(Integer::intValue).distinct().toArray();
  }
}
