package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Links;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Joins linking and extraction: a question becomes a {@link GroundedQuestion}. One without entities
 * or without paths is kept, with the reason among its {@code unlinked}; it is counted, never
 * dropped.
 *
 * <p>Safe for use by several threads. Bulk methods use all cores and give results in input order.
 */
public final class QuestionGrounder {
  private final KnowledgeGraph graph;
  private final EntityLinker linker;
  private final PathExtractor extractor;
  private final PathQuery limits;
  private volatile boolean described;
  private Provenance provenance = Provenance.of("extract", Map.of());

  /**
   * Creates a grounder.
   *
   * @param graph where entities and paths are looked up; stays open
   * @param linker finds the entities
   * @param extractor finds the paths
   * @param limits hops, paths, direction and budget of each search; its end points are not used
   */
  public QuestionGrounder(
      KnowledgeGraph graph, EntityLinker linker, PathExtractor extractor, PathQuery limits) {
    this.graph = graph;
    this.linker = linker;
    this.extractor = extractor;
    this.limits = limits;
  }

  /**
   * Limits without end points: the defaults of {@link PathQuery#between}.
   *
   * @return a query to set limits on
   */
  public static PathQuery defaultLimits() {
    return PathQuery.between(new int[0], new int[0]);
  }

  /**
   * Grounds one question.
   *
   * @param question the question
   * @return its entities and paths
   */
  public GroundedQuestion ground(Question question) {
    return ground(question, linker.link(graph, question));
  }

  /**
   * Grounds a question set.
   *
   * @param questions the questions
   * @param context told after each question, from several threads; asked to cancel
   * @return one grounded question for each, in order, and counts
   * @throws ai.kale.error.OperationCancelledException if cancelled or interrupted
   */
  public Grounding groundAll(List<Question> questions, RunContext context) {
    List<GroundedQuestion> all = new ArrayList<>(questions.size());
    GroundingSummary summary =
        new ParallelGrounding(this, context, questions.size()).run(questions.iterator(), all::add);
    return new Grounding(all, summary);
  }

  /**
   * Grounds a stream of questions without holding it in memory.
   *
   * @param questions the questions; read from the calling thread
   * @param sink called with each result, in input order, from the calling thread
   * @param context told after each question, from several threads; asked to cancel
   * @return counts
   * @throws ai.kale.error.OperationCancelledException if cancelled or interrupted
   */
  public GroundingSummary groundAll(
      Iterator<Question> questions, Consumer<GroundedQuestion> sink, RunContext context) {
    return new ParallelGrounding(this, context, -1).run(questions, sink);
  }

  /** Grounds a few questions on the calling thread, with one call of the linker. */
  List<GroundedQuestion> groundBatch(List<Question> questions, Runnable afterEach) {
    List<Links> links = linker.linkAll(graph, questions);
    List<GroundedQuestion> grounded = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      grounded.add(ground(questions.get(i), links.get(i)));
      afterEach.run();
    }
    return grounded;
  }

  private GroundedQuestion ground(Question question, Links links) {
    int[] sources = links.question().stream().mapToInt(Integer::intValue).toArray();
    int[] targets = links.answer().stream().mapToInt(Integer::intValue).toArray();
    PathQuery query = limits.withEndpoints(sources, targets);
    PathResult result = extractor.extract(graph, query);
    List<String> unlinked = new ArrayList<>(links.unlinked());
    if (targets.length == 0 && question.answers().isEmpty()) {
      unlinked.add("question: it has no answer");
    }
    if (result.paths().isEmpty() && sources.length > 0 && targets.length > 0) {
      unlinked.add(
          "paths: none within "
              + limits.maxHops()
              + " hops"
              + (result.report().complete() ? "" : ", cut by " + result.report().cut()));
    }
    List<EntityRef> from = KnowledgePaths.entities(graph, sources);
    List<EntityRef> to = KnowledgePaths.entities(graph, targets);
    return new GroundedQuestion(
        question,
        from,
        to,
        unlinked,
        KnowledgePaths.resolve(graph, result.paths()),
        result.report(),
        provenance(),
        Map.of());
  }

  private Provenance provenance() {
    if (!described) {
      synchronized (this) {
        if (!described) {
          provenance =
              Provenance.of("extract", Map.of())
                  .with("graph.snapshot", graph.snapshot())
                  .with("linker", nameOf(linker))
                  .with("extractor", nameOf(extractor))
                  .with("maxHops", String.valueOf(limits.maxHops()))
                  .with("maxPaths", String.valueOf(limits.maxPaths()))
                  .with("direction", String.valueOf(limits.direction()))
                  .with("maxArcs", String.valueOf(limits.maxArcs()));
          described = true;
        }
      }
    }
    return provenance;
  }

  /** What an object calls itself; its class where it does not say; never an identity hash. */
  private static String nameOf(Object object) {
    String text = String.valueOf(object);
    Class<?> type = object.getClass();
    String hash = "@" + Integer.toHexString(System.identityHashCode(object));
    if (!text.endsWith(hash)) {
      return text;
    }
    return type.isHidden() || type.isSynthetic() || type.isAnonymousClass()
        ? "unnamed"
        : type.getName();
  }
}
