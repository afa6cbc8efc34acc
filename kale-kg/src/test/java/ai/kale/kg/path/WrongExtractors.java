package ai.kale.kg.path;

import ai.kale.ArcVisitor;
import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.HubPolicy;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathFilter;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.PathScorer;
import ai.kale.data.PathReport;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Extractors with one mistake each, and the test of the contract that has to notice. */
final class WrongExtractors {
  /**
   * A mistake.
   *
   * @param mistake what is wrong
   * @param test the test that notices
   * @param make makes the wrong extractor
   */
  record Wrong(String mistake, String test, Supplier<PathExtractor> make) {}

  private static final PathExtractor RIGHT = new BruteForcePathExtractor();

  static final List<Wrong> ALL =
      List.of(
          asked(
              "one hop too few",
              "pathsAreThoseOfTheDefinitionInOrder",
              query -> query.withMaxHops(Math.max(1, query.maxHops() - 1))),
          asked(
              "no trails",
              "pathsAreThoseOfTheDefinitionInOrder",
              query -> query.withMode(PathMode.SIMPLE)),
          asked(
              "any direction",
              "pathsAreThoseOfTheDefinitionInOrder",
              query -> query.withDirection(Direction.BOTH)),
          new Wrong(
              "relations before entities",
              "pathsAreThoseOfTheDefinitionInOrder",
              () -> WrongExtractors::relationsFirst),
          answered("back to the source", "sourcesMayBeTargets", WrongExtractors::withCycles),
          asked(
              "no filter",
              "aFilterLimitsRelationsAndWhatIsPassed",
              query -> query.withFilter(PathFilter.NONE)),
          answered("no hubs at the ends", "hubsAreSkippedButMayBeEnds", WrongExtractors::noHubEnds),
          answered(
              "hubs not counted",
              "hubsAreSkippedButMayBeEnds",
              (asked, found) ->
                  new PathResult(
                      found.paths(),
                      found.scores(),
                      PathReport.of(found.report().arcsRead(), found.report().cut(), 0))),
          asked(
              "a sample for each query",
              "hubsAreSampledOnceForAllQueries",
              WrongExtractors::sampleForEachLength),
          asked(
              "a sample of nothing",
              "aSampleIsAboutAsLargeAsAsked",
              query ->
                  query.withFilter(
                      query
                          .filter()
                          .withHubs(HubPolicy.skipAbove(query.filter().hubs().degree())))),
          asked(
              "the same sample for every seed",
              "aSampleIsAboutAsLargeAsAsked",
              query ->
                  query.withFilter(
                      query
                          .filter()
                          .withHubs(HubPolicy.sampleAbove(query.filter().hubs().degree(), 0)))),
          asked(
              "no costs",
              "costsAreAddedUpFromTheSource",
              query -> query.withRelationCosts(Map.of())),
          asked(
              "the lowest score first",
              "scoresRankPathsOfTheSameCost",
              query -> query.withScorer(query.scorer().times(-1))),
          answered(
              "no scores",
              "scoresRankPathsOfTheSameCost",
              (asked, found) -> new PathResult(found.paths(), found.report())),
          new Wrong(
              "no weights",
              "scorersSeeTheWeightsOfTheTriples",
              () -> (graph, query) -> RIGHT.extract(withoutWeights(graph), query)),
          asked(
              "no number is zero",
              "aScoreThatIsNoNumberIsAnError",
              query -> query.withScorer(zeroForNaN(query.scorer()))),
          answered(
              "complete though cut",
              "aBudgetIsReported",
              (asked, found) ->
                  new PathResult(found.paths(), PathReport.complete(found.report().arcsRead()))),
          asked(
              "more arcs than allowed",
              "aBudgetIsReported",
              query ->
                  query.withMaxArcs(
                      query.maxArcs() == Long.MAX_VALUE ? Long.MAX_VALUE : query.maxArcs() + 3)),
          answered(
              "the wrong reason",
              "aTimeLimitIsReported",
              (asked, found) ->
                  new PathResult(
                      found.paths(),
                      found.report().complete()
                          ? found.report()
                          : PathReport.cut(found.report().arcsRead(), PathReport.MAX_PATHS))),
          answered(
              "an interrupt forgotten",
              "anInterruptCutsAndStays",
              WrongExtractors::forgetInterrupt),
          new Wrong("one thread only", "severalThreadsMaySearch", WrongExtractors::oneThreadOnly),
          answered("empty paths", "endPointsWithoutPaths", WrongExtractors::withEmptyPaths),
          new Wrong(
              "strange handles lead nowhere",
              "aHandleThatWasNeverIssuedIsAnError",
              () ->
                  (graph, query) -> {
                    try {
                      return RIGHT.extract(graph, query);
                    } catch (IndexOutOfBoundsException e) {
                      return new PathResult(List.of(), PathReport.complete(0));
                    }
                  }));

  private WrongExtractors() {}

  /** Searches for something else. */
  private static Wrong asked(String mistake, String test, UnaryOperator<PathQuery> change) {
    return new Wrong(
        mistake, test, () -> (graph, query) -> RIGHT.extract(graph, change.apply(query)));
  }

  /** Changes the answer. */
  private static Wrong answered(
      String mistake, String test, BiFunction<Asked, PathResult, PathResult> change) {
    return new Wrong(
        mistake,
        test,
        () -> (graph, query) -> change.apply(new Asked(graph, query), RIGHT.extract(graph, query)));
  }

  private record Asked(KnowledgeGraph graph, PathQuery query) {}

  private static PathResult forgetInterrupt(Asked asked, PathResult found) {
    Thread.interrupted();
    return found;
  }

  private static PathResult relationsFirst(KnowledgeGraph graph, PathQuery query) {
    PathResult all = RIGHT.extract(graph, query.withMaxPaths(Integer.MAX_VALUE));
    List<GraphPath> sorted = new ArrayList<>(all.paths());
    sorted.sort(
        Comparator.comparingInt(GraphPath::hops)
            .thenComparing(
                path ->
                    Arrays.stream(path.relations())
                        .mapToObj(graph::relationId)
                        .collect(Collectors.joining())));
    int kept = Math.min(query.maxPaths(), sorted.size());
    return new PathResult(sorted.subList(0, kept), RIGHT.extract(graph, query).report());
  }

  /** Takes a path that ends where it began for a simple one. */
  private static PathResult withCycles(Asked asked, PathResult found) {
    PathResult trails =
        RIGHT.extract(
            asked.graph, asked.query.withMode(PathMode.TRAIL).withMaxPaths(Integer.MAX_VALUE));
    List<GraphPath> paths =
        trails.paths().stream()
            .filter(
                path ->
                    asked.query.mode() == PathMode.TRAIL
                        || Arrays.stream(path.entities()).skip(1).distinct().count() == path.hops())
            .toList();
    int kept = Math.min(asked.query.maxPaths(), paths.size());
    return new PathResult(paths.subList(0, kept), found.report());
  }

  private static PathResult noHubEnds(Asked asked, PathResult found) {
    int limit = asked.query.filter().hubs().degree();
    return new PathResult(
        found.paths().stream()
            .filter(
                path -> asked.graph.degrees(new int[] {path.entities()[path.hops()]})[0] <= limit)
            .toList(),
        found.report());
  }

  private static PathQuery sampleForEachLength(PathQuery query) {
    HubPolicy hubs = query.filter().hubs();
    return query.withFilter(
        query
            .filter()
            .withHubs(new HubPolicy(hubs.action(), hubs.degree(), hubs.seed() + query.maxHops())));
  }

  private static PathScorer zeroForNaN(PathScorer scorer) {
    return path -> Double.isNaN(scorer.score(path)) ? 0 : scorer.score(path);
  }

  private static KnowledgeGraph withoutWeights(KnowledgeGraph graph) {
    return new ForwardingKnowledgeGraph(graph) {
      @Override
      public void expand(int[] frontier, Direction direction, ArcVisitor visitor) {
        super.expand(frontier, direction, (i, r, inv, n, w) -> visitor.arc(i, r, inv, n, 1));
      }
    };
  }

  private static PathExtractor oneThreadOnly() {
    Thread owner = Thread.currentThread();
    return (graph, query) ->
        owner.equals(Thread.currentThread())
            ? RIGHT.extract(graph, query)
            : new PathResult(List.of(), PathReport.complete(0));
  }

  private static PathResult withEmptyPaths(Asked asked, PathResult found) {
    List<GraphPath> paths = new ArrayList<>(found.paths());
    IntStream.of(asked.query.sources())
        .filter(source -> Arrays.binarySearch(asked.query.targets(), source) >= 0)
        .forEach(both -> paths.add(new GraphPath(new int[] {both}, new int[0], new boolean[0])));
    return new PathResult(paths, found.report());
  }
}
