package ai.kale.examples.quickstart;

import ai.kale.GroundedSet;
import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.RationalizedSet;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.examples.dataset.ChainQuestions;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.QuestionFiles;
import ai.kale.examples.dataset.QuestionSplit;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.kg.link.FallbackLinker;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.link.TopicLinker;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.rationale.TemplateVerbalizer;
import ai.kale.run.RunContext;
import ai.kale.train.data.BridgeMask;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Questions → entities → paths → rationales, with the artifacts of every stage on disk. */
final class TaskBuilder {
  private static final int MIN_HEADS = 40;
  private static final int MAX_ANSWERS = 3;
  private static final double MAX_MAJORITY = 0.5;
  private static final int PATHS_SEARCHED = 16;
  private static final int PATHS_KEPT = 1;
  private static final int VALIDATION_GROUPS = 300;
  private static final long SPLIT_SEED = 1;

  private final KnowledgeGraph graph;
  private final QuickstartOptions options;
  private final RunContext context;
  private final PrintStream console;
  private final List<String> notes = new ArrayList<>();
  private final TemplateSynthesizer synthesizer =
      new TemplateSynthesizer(TemplateVerbalizer.defaults().withConclusion(""));

  TaskBuilder(
      KnowledgeGraph graph, QuickstartOptions options, RunContext context, PrintStream console) {
    this.console = console;
    this.graph = graph;
    this.options = options;
    this.context = context;
  }

  Task build(Path out) {
    Optional<Path> file = options.questionFile();
    List<Question> asked =
        file.isPresent()
            ? QuestionFiles.read(file.get(), graph)
            : new ChainQuestions(GraphFacts.all(graph), MIN_HEADS, MAX_ANSWERS, MAX_MAJORITY)
                .make(List.of(2, 3));
    List<Question> answerable = asked.stream().filter(q -> !q.answers().isEmpty()).toList();
    note("%d questions, %d of them with an answer", asked.size(), answerable.size());

    List<GroundedQuestion> grounded = ground(answerable);
    List<GroundedQuestion> withPath = grounded.stream().filter(q -> !q.paths().isEmpty()).toList();
    if (withPath.isEmpty()) {
      throw new InvalidInputException(
          "no question has a path from its entities to its answers; does the graph fit the questions?");
    }
    Optional<FactBudget> budget =
        options.graphFile().isPresent()
            ? Optional.of(FactBudget.choose(graph, withPath, options.maxFacts, SPLIT_SEED))
            : Optional.empty();
    List<GroundedQuestion> usable = budget.map(FactBudget::questions).orElse(withPath);
    budget.ifPresent(
        b -> note("%d questions fit a world of %d facts", usable.size(), b.facts().tripleCount()));
    GraphFacts facts = budget.map(FactBudget::facts).orElseGet(() -> GraphFacts.all(graph));

    JsonlFormat.groundedQuestions().write(out.resolve("grounded.jsonl"), usable);
    RationalizedSet rationales = GroundedSet.of(usable).context(context).synthesize(synthesizer);
    rationales.writeTo(out.resolve("rationales.jsonl"));
    rationales.exportTrl(out.resolve("trl.jsonl"));
    rationales.summary().ifPresent(summary -> note("rationales: %s", summary.describe()));
    return split(facts, rationales.questions());
  }

  private Task split(GraphFacts facts, List<RationalizedQuestion> rationalized) {
    Map<String, RationalizedQuestion> byId = new LinkedHashMap<>();
    rationalized.forEach(r -> byId.put(r.question().id(), r));
    QuestionSplit split =
        QuestionSplit.byGroup(
            rationalized.stream().map(RationalizedQuestion::question).toList(),
            Integer.MAX_VALUE,
            VALIDATION_GROUPS,
            options.test,
            SPLIT_SEED);
    List<Question> test = options.onValidation ? split.validation() : split.test();
    OwnPaths ownPaths = new OwnPaths(graph);
    List<GroundedQuestion> heldOut = new ArrayList<>();
    Map<String, RationalizedQuestion> readings = new LinkedHashMap<>();
    for (Question question : concat(split.validation(), split.test())) {
      RationalizedQuestion extracted = get(byId, question);
      heldOut.add(extracted.grounded());
      ownPaths.ground(question).ifPresent(heldOut::add);
      readings.put(question.id(), extracted);
    }
    BridgeMask mask = BridgeMask.of(heldOut);
    List<RationalizedQuestion> candidates = split.train().stream().map(q -> get(byId, q)).toList();
    List<RationalizedQuestion> pool =
        candidates.stream().filter(q -> answersNothingHeldOut(q, mask)).toList();
    Map<String, RationalizedQuestion> ownPool = own(pool, ownPaths);
    note(
        "%d questions to train on, %d left out because a bridge of theirs answers a held-out"
            + " question, %d to test on",
        pool.size(), candidates.size() - pool.size(), test.size());
    note("own path stated and found for %d of them; %s", ownPool.size(), agreement(pool, ownPool));
    return new Task(name(), facts, pool, ownPool, test, readings, heldOut, List.copyOf(notes));
  }

  /** Whether no rationale of this question spells the answer of a held-out one on its way. */
  private static boolean answersNothingHeldOut(RationalizedQuestion question, BridgeMask mask) {
    for (KnowledgePath path : question.grounded().paths()) {
      for (int hop = 1; hop < path.hops(); hop++) {
        if (!mask.allows(path, hop)) {
          return false;
        }
      }
    }
    return true;
  }

  private List<GroundedQuestion> ground(List<Question> questions) {
    GroundedSet set =
        Kale.with(graph)
            .linker(new FallbackLinker(new TopicLinker(), new LabelLinker()))
            .extractor(new ExactPathExtractor())
            .limits(query -> query.withMaxHops(3).withMaxPaths(PATHS_SEARCHED))
            .context(context)
            .ground(questions);
    note("grounding: %s", set.summary().describe());
    return set.questions().stream().map(q -> PathRanking.best(q, PATHS_KEPT)).toList();
  }

  private Map<String, RationalizedQuestion> own(
      List<RationalizedQuestion> pool, OwnPaths ownPaths) {
    Map<String, RationalizedQuestion> own = new LinkedHashMap<>();
    for (RationalizedQuestion question : pool) {
      ownPaths
          .ground(question.question())
          .map(grounded -> PathRanking.best(grounded, PATHS_KEPT))
          .flatMap(grounded -> synthesizer.synthesize(grounded).result())
          .ifPresent(result -> own.put(question.question().id(), result));
    }
    return own;
  }

  private static String agreement(
      List<RationalizedQuestion> pool, Map<String, RationalizedQuestion> own) {
    int same = 0;
    int stated = 0;
    for (RationalizedQuestion question : pool) {
      RationalizedQuestion other = own.get(question.question().id());
      if (other != null) {
        stated++;
        KnowledgePath extracted = question.grounded().paths().get(0);
        same += extracted.bridges().equals(other.grounded().paths().get(0).bridges()) ? 1 : 0;
      }
    }
    return stated == 0
        ? "the data set states no paths"
        : String.format(
            Locale.ROOT,
            "the extracted path passes the same entities for %.1f %%",
            100.0 * same / stated);
  }

  private static RationalizedQuestion get(
      Map<String, RationalizedQuestion> byId, Question question) {
    RationalizedQuestion found = byId.get(question.id());
    if (found == null) {
      throw new IllegalStateException("question " + question.id() + " lost its rationale");
    }
    return found;
  }

  private static List<Question> concat(List<Question> first, List<Question> second) {
    List<Question> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private String name() {
    return options.graphFile().map(Path::toString).orElse("the shipped world graph");
  }

  private void note(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    notes.add(line);
    console.println(line);
  }
}
