package ai.kale.ground;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.PathQuery;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathFallback;
import ai.kale.data.Question;
import ai.kale.run.RunContext;
import ai.kale.run.WorkStealing;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Links questions, searches their paths, and turns handles into ids and labels. Every question
 * comes back, in order; one without an entity or a path keeps the reason (see {@link
 * GroundingOutcome}, also the provenance fact {@code outcome}).
 *
 * <p>Questions are worked on in blocks of {@value #BLOCK}: each block is linked with one call, the
 * searches of its questions are taken by whichever thread is free, and its labels are looked up
 * with one call. The result does not depend on the number of threads. {@link #ground} holds all
 * questions in memory; {@link GroundingRun} does not. Immutable; each {@code with…} returns a new
 * object.
 */
public final class QuestionGrounder {
  static final int BLOCK = 32;

  private final GroundingSettings settings;

  private QuestionGrounder(GroundingSettings settings) {
    this.settings = settings;
  }

  /**
   * A grounder with the default limits of {@link PathQuery#between}, no fallback, one thread a
   * core.
   *
   * @param graph where to search; not closed
   * @param linker recognises entities
   * @param extractor finds paths
   * @return a grounder
   */
  public static QuestionGrounder of(
      KnowledgeGraph graph, EntityLinker linker, PathExtractor extractor) {
    return new QuestionGrounder(
        new GroundingSettings(
            graph,
            linker,
            extractor,
            PathFallback.NONE,
            PathQuery.between(new int[0], new int[0]),
            Runtime.getRuntime().availableProcessors(),
            RunContext.silent()));
  }

  /**
   * The same with other limits. Ids of the filter that the graph does not have are logged as a
   * warning when grounding begins.
   *
   * @param newLimits hops, paths, direction and budget; its end points are not used
   * @return a new grounder
   */
  public QuestionGrounder withLimits(PathQuery newLimits) {
    return new QuestionGrounder(settings.withLimits(newLimits));
  }

  /**
   * The same with something to give for a question without a path to the answer. {@link
   * PathFallback#FROM_QUESTION} also serves questions whose answers are unknown or not linked.
   *
   * @param kind replaces the earlier one; see {@link PathExtractor#withFallback}
   * @return a new grounder
   */
  public QuestionGrounder withFallback(PathFallback kind) {
    return new QuestionGrounder(settings.withFallback(kind));
  }

  /**
   * The same with another number of threads.
   *
   * @param newThreads from 1 to {@value WorkStealing#MAX_THREADS}; with 1 the calling thread does
   *     the work
   * @return a new grounder
   */
  public QuestionGrounder withThreads(int newThreads) {
    if (newThreads < 1 || newThreads > WorkStealing.MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads must be from 1 to " + WorkStealing.MAX_THREADS + "; got " + newThreads);
    }
    return new QuestionGrounder(settings.withThreads(newThreads));
  }

  /**
   * The same with progress and cancellation.
   *
   * @param newContext told after each question, as stage {@code "ground"}, by whichever thread
   *     searched it; what a listener throws is a failure of that question
   * @return a new grounder
   */
  public QuestionGrounder withContext(RunContext newContext) {
    return new QuestionGrounder(settings.withContext(newContext));
  }

  /**
   * Grounds a question set.
   *
   * @param questions the questions; may be empty
   * @return one record for each, in order
   * @throws ai.kale.error.OperationCancelledException if cancelled
   * @throws RuntimeException what a linker, a search or a graph throws, of the same type if it is
   *     one of {@code ai.kale.error} and with the id of the question in its message
   */
  public List<GroundedQuestion> ground(List<Question> questions) {
    settings.warnOfUnknownIds();
    List<GroundedQuestion> grounded = new ArrayList<>(questions.size());
    new GroundingPipeline(
            settings, settings.provenance(), false, settings.blocksInFlight(), 0, questions.size())
        .run(questions.iterator(), block -> grounded.addAll(block.records()));
    return Collections.unmodifiableList(grounded);
  }

  GroundingSettings settings() {
    return settings;
  }
}
