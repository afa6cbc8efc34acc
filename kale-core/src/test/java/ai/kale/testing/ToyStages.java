package ai.kale.testing;

import ai.kale.GraphPath;
import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathReport;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The simplest linker and extractor that keep their contracts. */
public final class ToyStages {
  private ToyStages() {}

  /** Finds labels that stand in the question, and answers that are labels. */
  public static final class Linker implements EntityLinker {
    @Override
    public Links link(KnowledgeGraph graph, Question question) {
      List<Integer> inQuestion = new ArrayList<>();
      List<Integer> inAnswers = new ArrayList<>();
      List<String> unlinked = new ArrayList<>();
      for (int i = 0; i < graph.entityCount(); i++) {
        if (question.text().contains(graph.label(i))) {
          inQuestion.add(i);
        }
      }
      for (String answer : question.answers()) {
        graph
            .entity(answer.replace(' ', '_'))
            .ifPresentOrElse(
                inAnswers::add, () -> unlinked.add(answer + ": no entity of that name"));
      }
      return new Links(inQuestion, inAnswers, unlinked);
    }

    @Override
    public String id() {
      return "toy-linker/1";
    }
  }

  /** Depth-first search over everything. */
  public static final class Extractor implements PathExtractor {
    @Override
    public PathResult extract(KnowledgeGraph graph, PathQuery query) {
      List<GraphPath> found = new ArrayList<>();
      AtomicLong arcs = new AtomicLong();
      for (int source : query.sources()) {
        walk(
            graph,
            query,
            new GraphPath(new int[] {source}, new int[0], new boolean[0]),
            found,
            arcs);
      }
      found.sort(Comparator.comparingInt(GraphPath::hops).thenComparing(GraphPath::toString));
      boolean complete = found.size() <= query.maxPaths();
      return new PathResult(
          found.stream().limit(query.maxPaths()).toList(),
          complete ? PathReport.complete(arcs.get()) : PathReport.cut(arcs.get(), "maxPaths"));
    }

    private static void walk(
        KnowledgeGraph graph,
        PathQuery query,
        GraphPath path,
        List<GraphPath> found,
        AtomicLong arcs) {
      int here = path.entities()[path.hops()];
      for (int target : query.targets()) {
        if (target == here && path.hops() > 0) {
          found.add(path);
        }
      }
      if (path.hops() == query.maxHops()) {
        return;
      }
      graph.expand(
          here,
          query.direction(),
          (index, relation, inverse, neighbour, weight) -> {
            arcs.incrementAndGet();
            for (int seen : path.entities()) {
              if (seen == neighbour) {
                return true;
              }
            }
            int n = path.hops();
            int[] entities = Arrays.copyOf(path.entities(), n + 2);
            int[] relations = Arrays.copyOf(path.relations(), n + 1);
            boolean[] inverses = Arrays.copyOf(path.inverse(), n + 1);
            entities[n + 1] = neighbour;
            relations[n] = relation;
            inverses[n] = inverse;
            walk(graph, query, new GraphPath(entities, relations, inverses), found, arcs);
            return true;
          });
    }

    @Override
    public String id() {
      return "toy-extractor/1";
    }
  }
}
