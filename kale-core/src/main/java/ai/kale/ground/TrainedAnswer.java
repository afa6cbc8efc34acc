package ai.kale.ground;

import ai.kale.GraphPath;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sees to it that a question with many answers has a path to the first, the one to train on. The K
 * best paths of such a question may all lead to others; a rationale written from them would miss
 * its point. Then the best path to the first answer takes the place of the last: it was not among
 * the K best, so the order of the list stays right.
 */
final class TrainedAnswer {
  private TrainedAnswer() {}

  /**
   * The result with a path to the first answer, if there is one; as it is where nothing was cut for
   * the number of paths. Cost: at most one more search, for one path.
   *
   * @param query what was searched, with its end points
   * @param found what came of it
   */
  static PathResult reached(
      GroundingSettings settings,
      Question question,
      Links links,
      PathQuery query,
      PathResult found) {
    int[] first = first(question, links, query.targets());
    boolean others = first.length > 0 && first.length < query.targets().length;
    if (!others || !isFull(found) || leads(found, first)) {
      return found;
    }
    PathResult more =
        settings
            .searcher()
            .extract(settings.graph(), query.withEndpoints(query.sources(), first).withMaxPaths(1));
    boolean one = more.report().fallback() == PathFallback.NONE && more.paths().size() == 1;
    return one ? replaceLast(found, more) : found;
  }

  private static boolean isFull(PathResult found) {
    return found.report().cut().equals(PathReport.MAX_PATHS)
        && found.report().fallback() == PathFallback.NONE
        && !found.paths().isEmpty();
  }

  private static boolean leads(PathResult found, int[] first) {
    return found.paths().stream()
        .map(GraphPath::entities)
        .anyMatch(path -> IntStream.of(first).anyMatch(e -> e == path[path.length - 1]));
  }

  private static PathResult replaceLast(PathResult found, PathResult more) {
    PathReport report = found.report();
    return new PathResult(
        replaceLast(found.paths(), more.paths()),
        replaceLast(found.scores(), more.scores()),
        PathReport.of(
            report.arcsRead() + more.report().arcsRead(),
            report.cut(),
            Math.max(report.hubs(), more.report().hubs())));
  }

  private static <T> List<T> replaceLast(List<T> some, List<T> one) {
    if (some.isEmpty()) {
      return some;
    }
    List<T> all = new ArrayList<>(some.subList(0, some.size() - 1));
    all.addAll(one);
    return all;
  }

  /**
   * The targets that the first answer names: those of its mention, or the first entity where the
   * linker does not tell of mentions.
   */
  private static int[] first(Question question, Links links, int[] targets) {
    if (targets.length == 0 || question.answers().isEmpty()) {
      return new int[0];
    }
    if (links.mentions().isEmpty()) {
      return new int[] {links.answer().get(0)};
    }
    String answer = question.answers().get(0);
    int[] named =
        links.mentions().stream()
            .filter(mention -> mention.side() == Side.ANSWER && mention.text().equals(answer))
            .flatMap(mention -> mention.candidates().stream())
            .mapToInt(Candidate::entity)
            .toArray();
    return IntStream.of(targets)
        .filter(target -> IntStream.of(named).anyMatch(entity -> entity == target))
        .toArray();
  }
}
