package ai.kale;

import ai.kale.data.PathFallback;
import ai.kale.data.Question;
import ai.kale.ground.GroundingReport;
import ai.kale.ground.GroundingRun;
import ai.kale.ground.QuestionGrounder;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.jsonl.QuestionFiles;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The four stages, one after the other:
 *
 * <pre>{@code
 * TunedModel model =
 *     Kale.with(graph).linker(linker).extractor(extractor)
 *         .limits(query -> query.withMaxHops(3))
 *         .ground(questions)
 *         .synthesize(new TemplateSynthesizer())
 *         .train(trainer);
 * }</pre>
 *
 * <p>Each stage has a file: {@link GroundedSet#writeTo} and {@link #grounded}, {@link
 * RationalizedSet#writeTo} and {@link #rationalized}. So graph work, paid teacher work and GPU work
 * can happen on different machines and days. What is passed in is used as it is: nothing is looked
 * up on the class path here.
 */
public final class Kale {
  private Kale() {}

  /**
   * Begins with a graph.
   *
   * @param graph where paths are searched; stays open, the caller closes it
   * @return the next choice
   */
  public static NeedsLinker with(KnowledgeGraph graph) {
    return linker ->
        extractor -> new Grounding(QuestionGrounder.of(graph, linker, extractor), defaultLimits());
  }

  /**
   * Begins after grounding.
   *
   * @param file written by {@link GroundedSet#writeTo}
   * @return the set
   * @throws ai.kale.error.InvalidInputException if a line is wrong
   * @throws ai.kale.error.SetupException if the file cannot be read
   */
  public static GroundedSet grounded(Path file) {
    return GroundedSet.of(JsonlFormat.groundedQuestions().readAll(file));
  }

  /**
   * Begins after synthesis.
   *
   * @param file written by {@link RationalizedSet#writeTo}
   * @return the set
   * @throws ai.kale.error.InvalidInputException if a line is wrong
   * @throws ai.kale.error.SetupException if the file cannot be read
   */
  public static RationalizedSet rationalized(Path file) {
    return RationalizedSet.of(JsonlFormat.rationalizedQuestions().readAll(file));
  }

  private static PathQuery defaultLimits() {
    return PathQuery.between(new int[0], new int[0]);
  }

  /** A chain that has a graph and needs a linker. */
  @FunctionalInterface
  public interface NeedsLinker {
    /**
     * Chooses the linker.
     *
     * @param linker recognises entities in questions and answers
     * @return the next choice
     */
    NeedsExtractor linker(EntityLinker linker);
  }

  /** A chain that has a graph and a linker and needs an extractor. */
  @FunctionalInterface
  public interface NeedsExtractor {
    /**
     * Chooses the extractor.
     *
     * @param extractor finds paths
     * @return a stage that can ground questions
     */
    Grounding extractor(PathExtractor extractor);
  }

  /** A chain that can ground questions. Immutable: each setting returns a new object. */
  public static final class Grounding {
    private final QuestionGrounder grounder;
    private final PathQuery limits;
    private final RunContext context;

    private Grounding(QuestionGrounder grounder, PathQuery limits) {
      this(grounder, limits, RunContext.silent());
    }

    private Grounding(QuestionGrounder grounder, PathQuery limits, RunContext context) {
      this.grounder = grounder;
      this.limits = limits;
      this.context = context;
    }

    /**
     * Changes the limits of the search; the defaults are those of {@link PathQuery#between}.
     *
     * @param change for example {@code query -> query.withMaxHops(2)}
     * @return a new stage
     */
    public Grounding limits(UnaryOperator<PathQuery> change) {
      PathQuery changed = change.apply(limits);
      return new Grounding(grounder.withLimits(changed), changed, context);
    }

    /**
     * Chooses what to give for a question without a path to the answer; the default is nothing.
     *
     * @param fallback replaces the earlier one; labelled as such in the data
     * @return a new stage
     */
    public Grounding fallback(PathFallback fallback) {
      return new Grounding(grounder.withFallback(fallback), limits, context);
    }

    /**
     * Limits the number of threads; the default is one a core.
     *
     * @param threads at least 1
     * @return a new stage
     */
    public Grounding threads(int threads) {
      return new Grounding(grounder.withThreads(threads), limits, context);
    }

    /**
     * Sets progress and cancellation, for this stage and those after it.
     *
     * @param newContext told after each question
     * @return a new stage
     */
    public Grounding context(RunContext newContext) {
      return new Grounding(grounder.withContext(newContext), limits, newContext);
    }

    /**
     * Links the questions and searches their paths.
     *
     * @param questions the questions
     * @return all of them, in order
     * @throws ai.kale.error.OperationCancelledException if cancelled
     */
    public GroundedSet ground(List<Question> questions) {
      return GroundedSet.of(grounder.ground(questions)).context(context);
    }

    /**
     * Reads questions, links them and searches their paths.
     *
     * @param file as {@link QuestionFiles#read} takes it
     * @return all of them, in order
     */
    public GroundedSet ground(Path file) {
      return ground(QuestionFiles.read(file));
    }

    /**
     * Grounds a question file into a file, in constant memory; called again after a crash or a
     * cancel it goes on where it stopped. {@link Kale#grounded} reads the file. For more settings,
     * or questions that are not in a file, use {@link GroundingRun}.
     *
     * @param questions as {@link QuestionFiles#open} takes it
     * @param file where the records go, in the order of the questions
     * @return what became of the questions, and how long the searches took
     * @throws ai.kale.error.OperationCancelledException if cancelled; call again to resume
     */
    public GroundingReport ground(Path questions, Path file) {
      return GroundingRun.of(grounder).run(questions, file);
    }
  }
}
