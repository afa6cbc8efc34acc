package ai.kale.ground;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.run.Parallel;
import ai.kale.run.Progress;
import ai.kale.run.ProgressListener;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Links questions, searches their paths, and turns handles into ids and labels. Every question
 * comes back, in order; one without an entity or a path keeps the reason (see {@link
 * GroundingOutcome}, also the provenance fact {@code outcome}).
 *
 * <p>Questions are worked on in blocks of {@value #BLOCK}: each block is linked with one call, its
 * paths are searched one question after the other, and its labels are looked up with one call.
 * Blocks run on several threads; the result does not depend on how many. Immutable; each {@code
 * with…} returns a new object.
 */
public final class QuestionGrounder {
  static final int BLOCK = 32;

  private final KnowledgeGraph graph;
  private final EntityLinker linker;
  private final PathExtractor extractor;
  private final PathQuery limits;
  private final int threads;
  private final RunContext context;

  private QuestionGrounder(
      KnowledgeGraph graph,
      EntityLinker linker,
      PathExtractor extractor,
      PathQuery limits,
      int threads,
      RunContext context) {
    this.graph = graph;
    this.linker = linker;
    this.extractor = extractor;
    this.limits = limits;
    this.threads = threads;
    this.context = context;
  }

  /**
   * A grounder with the default limits of {@link PathQuery#between}, one thread a core.
   *
   * @param graph where to search; not closed
   * @param linker recognises entities
   * @param extractor finds paths
   * @return a grounder
   */
  public static QuestionGrounder of(
      KnowledgeGraph graph, EntityLinker linker, PathExtractor extractor) {
    return new QuestionGrounder(
        graph,
        linker,
        extractor,
        PathQuery.between(new int[0], new int[0]),
        Runtime.getRuntime().availableProcessors(),
        RunContext.silent());
  }

  /**
   * The same with other limits.
   *
   * @param newLimits hops, paths, direction and budget; its end points are not used
   * @return a new grounder
   */
  public QuestionGrounder withLimits(PathQuery newLimits) {
    return new QuestionGrounder(graph, linker, extractor, newLimits, threads, context);
  }

  /**
   * The same with another number of threads.
   *
   * @param newThreads at least 1
   * @return a new grounder
   */
  public QuestionGrounder withThreads(int newThreads) {
    if (newThreads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got " + newThreads);
    }
    return new QuestionGrounder(graph, linker, extractor, limits, newThreads, context);
  }

  /**
   * The same with progress and cancellation.
   *
   * @param newContext told after each question, as stage {@code "ground"}
   * @return a new grounder
   */
  public QuestionGrounder withContext(RunContext newContext) {
    return new QuestionGrounder(graph, linker, extractor, limits, threads, newContext);
  }

  /**
   * Grounds a question set.
   *
   * @param questions the questions; may be empty
   * @return one record for each, in order
   * @throws ai.kale.error.OperationCancelledException if cancelled
   */
  public List<GroundedQuestion> ground(List<Question> questions) {
    List<List<Question>> blocks = new ArrayList<>();
    for (int i = 0; i < questions.size(); i += BLOCK) {
      blocks.add(questions.subList(i, Math.min(questions.size(), i + BLOCK)));
    }
    AtomicLong done = new AtomicLong();
    Runnable tick =
        () ->
            context
                .progress()
                .onProgress(new Progress("ground", done.incrementAndGet(), questions.size(), ""));
    RunContext quiet = new RunContext(ProgressListener.NONE, context.cancellation());
    Provenance provenance = provenance();
    List<GroundedQuestion> grounded = new ArrayList<>(questions.size());
    Parallel.map(blocks, threads, "ground", quiet, block -> block(block, provenance, tick))
        .forEach(grounded::addAll);
    return Collections.unmodifiableList(grounded);
  }

  private List<GroundedQuestion> block(
      List<Question> questions, Provenance provenance, Runnable tick) {
    List<EntityLinker.Links> links = linker.linkAll(graph, questions);
    if (links.size() != questions.size()) {
      throw new IllegalStateException(
          "linker "
              + linker.id()
              + " returned "
              + links.size()
              + " results for "
              + questions.size()
              + " questions; linkAll must return one for each");
    }
    List<Draft> drafts = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      context.cancellation().throwIfCancelled("ground");
      drafts.add(Draft.search(graph, extractor, limits, questions.get(i), links.get(i)));
      tick.run();
    }
    References references = Draft.lookUp(graph, drafts);
    return drafts.stream().map(draft -> draft.toRecord(references, provenance)).toList();
  }

  private Provenance provenance() {
    Provenance provenance =
        Provenance.of("ground", Map.of())
            .with("graph.snapshot", graph.snapshot())
            .with("linker", linker.id())
            .with("extractor", extractor.id());
    for (Map.Entry<String, String> fact : limits.describe().entrySet()) {
      provenance = provenance.with(fact.getKey(), fact.getValue());
    }
    return provenance;
  }
}
