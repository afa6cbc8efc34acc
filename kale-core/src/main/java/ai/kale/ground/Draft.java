package ai.kale.ground;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathReport;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.spi.EntityLinker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One question after the search, still in handles, and how long that took. */
record Draft(
    Question question,
    int[] sources,
    int[] targets,
    List<String> unlinked,
    PathResult found,
    long nanos) {
  /**
   * Searches, unless there is nothing to begin with. Whether no target means no path is for the
   * extractor to say: it may have a fallback of its own.
   *
   * @throws OperationCancelledException if an interrupt cut the search: what it found is not what
   *     the limits say
   */
  static Draft search(GroundingSettings settings, Question question, EntityLinker.Links links) {
    int[] sources = distinct(links.question(), settings);
    int[] targets = distinct(links.answer(), settings);
    long begun = System.nanoTime();
    PathResult found =
        sources.length == 0
            ? new PathResult(List.of(), PathReport.complete(0))
            : search(settings, question, links, settings.limits().withEndpoints(sources, targets));
    long nanos = System.nanoTime() - begun;
    if (found.report().cut().equals(PathReport.INTERRUPTED)) {
      throw new OperationCancelledException(
          "the search for question '" + question.id() + "' was interrupted; call again");
    }
    return new Draft(question, sources, targets, links.unlinked(), found, nanos);
  }

  private static PathResult search(
      GroundingSettings settings, Question question, EntityLinker.Links links, PathQuery query) {
    PathResult found = settings.searcher().extract(settings.graph(), query);
    return TrainedAnswer.reached(settings, question, links, query, found);
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
            references.paths(found),
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
  private static int[] distinct(List<Integer> handles, GroundingSettings settings) {
    int issued = settings.graph().entityCount();
    for (int handle : handles) {
      if (handle < 0 || handle >= issued) {
        throw new SetupException(
            "linker "
                + settings.linker().id()
                + " gave the handle "
                + handle
                + ", which is no entity of the graph; leave out what has none, and use the graph"
                + " that linkAll is given");
      }
    }
    return handles.stream().mapToInt(Integer::intValue).distinct().toArray();
  }
}
