package ai.kale;

import ai.kale.data.Question;
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
  }
}
