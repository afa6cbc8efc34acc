package ai.kale.examples.quickstart;

import ai.kale.KnowledgeGraph;
import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.RelationRef;
import ai.kale.data.TripleRef;
import ai.kale.eval.AnswerModel;
import ai.kale.eval.AnswerNormalizer;
import ai.kale.eval.EvaluationResult;
import ai.kale.eval.EvaluationSettings;
import ai.kale.eval.Evaluator;
import ai.kale.eval.FactObjects;
import ai.kale.eval.FactProbe;
import ai.kale.eval.FactProbes;
import ai.kale.eval.KnownFacts;
import ai.kale.eval.KnownIncorrect;
import ai.kale.eval.ProbePhrasing;
import ai.kale.eval.Retention;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.Phrasing;
import ai.kale.examples.pretrain.PretrainingTexts;
import ai.kale.run.RunContext;
import ai.kale.train.text.PromptFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * The exam every model sits: test questions, the facts they need, and facts that are never
 * replayed.
 */
final class Examination {
  static final String KNOWN_INCORRECT = "knownIncorrect";
  static final String KNOWN_SHARE = "known";
  static final String RECALL = "factRecall";
  static final String FACT_LOSS = "factLoss";
  private static final int RETENTION_FACTS = 600;
  private static final int REPLAYED_PER_KEPT = 5;
  private static final int BATCH = 256;

  private final Task task;
  private final PromptFormat format;
  private final FactProbes questionFacts;
  private final FactProbes otherFacts;
  private final Set<String> retentionGroups;
  private final EvaluationSettings settings =
      EvaluationSettings.defaults().withBatchSize(BATCH).withNormalizer(AnswerNormalizer.none());

  /**
   * What the base model knew.
   *
   * @param facts the facts the test questions need
   * @param retention facts at large
   */
  record Base(KnownFacts facts, Retention.State retention) {}

  Examination(Task task, PromptFormat format) {
    this.task = task;
    this.format = format;
    KnowledgeGraph graph = task.facts().graph();
    ProbePhrasing phrasing =
        triple ->
            new ProbePhrasing.Phrase(
                format.prompt(
                    Phrasing.question(
                        0, triple.subject().label(), List.of(triple.relation().label()))),
                triple.object().label());
    FactObjects objects =
        triple ->
            task
                .facts()
                .follow(
                    graph.entity(triple.subject().id()).orElseThrow(),
                    new GraphFacts.Hop(graph.relation(triple.relation().id()).orElseThrow(), false))
                .stream()
                .map(o -> new EntityRef(graph.entityId(o), graph.label(o)))
                .toList();
    this.questionFacts = FactProbes.of(paths(task), List.of(phrasing), objects);
    this.otherFacts = otherFacts(task, phrasing, objects);
    this.retentionGroups = otherFacts.byQuestion().keySet();
  }

  private static Map<String, KnowledgePath> paths(Task task) {
    OwnPaths own = new OwnPaths(task.facts().graph());
    Map<String, KnowledgePath> paths = new LinkedHashMap<>();
    for (Question question : task.test()) {
      RationalizedQuestion extracted = task.testRationales().get(question.id());
      own.ground(question)
          .map(grounded -> grounded.paths().get(0))
          .or(() -> Optional.ofNullable(extracted).map(r -> r.grounded().paths().get(0)))
          .ifPresent(path -> paths.put(question.id(), path));
    }
    return paths;
  }

  /** A fifth of the facts at most, so that enough are left to replay. */
  private static int retentionFacts(int facts) {
    return Math.max(1, Math.min(RETENTION_FACTS, facts / REPLAYED_PER_KEPT));
  }

  private static FactProbes otherFacts(Task task, ProbePhrasing phrasing, FactObjects objects) {
    KnowledgeGraph graph = task.facts().graph();
    List<GraphFacts.Fact> facts = new ArrayList<>(task.facts().list());
    Collections.shuffle(facts, new Random(0));
    Map<String, List<FactProbe>> probes = new LinkedHashMap<>();
    for (GraphFacts.Fact fact : facts.subList(0, retentionFacts(facts.size()))) {
      TripleRef triple =
          new TripleRef(
              new EntityRef(graph.entityId(fact.subject()), graph.label(fact.subject())),
              new RelationRef(
                  graph.relationId(fact.relation()), graph.relationLabel(fact.relation())),
              new EntityRef(
                  graph.entityId(fact.objects().get(0)), graph.label(fact.objects().get(0))));
      List<String> answers = objects.of(triple).stream().map(EntityRef::label).toList();
      FactProbe probe = new FactProbe(phrasing.phrase(triple).prompt(), answers, triple);
      probes.put(
          PretrainingTexts.oneHopGroup(triple.subject().label(), triple.relation().label()),
          List.of(probe));
    }
    return new FactProbes(probes);
  }

  /** The one-hop examples that may be replayed: without the facts that retention is measured on. */
  List<Question> replay(List<Question> oneHop) {
    return oneHop.stream().filter(q -> !retentionGroups.contains(q.group())).toList();
  }

  /** Share of the test questions whose facts the base model all knows. */
  double knownShare(Base base) {
    return base.facts().questions(questionFacts, KnownFacts.Rule.EVERY_PHRASING).size()
        / (double) Math.max(1, questionFacts.byQuestion().size());
  }

  /** Measures what the base model knows. */
  Base base(AnswerModel model, RunContext context) {
    return new Base(
        KnownFacts.measure(model, questionFacts, settings, context),
        Retention.measure(model, otherFacts, settings, context));
  }

  /**
   * Examines a model.
   *
   * @param asker answers the test questions
   * @param model the same model, for fact probes
   * @param prompt makes the prompt of a test question
   */
  EvaluationResult examine(
      String method,
      long seed,
      AnswerModel asker,
      AnswerModel model,
      Function<Question, String> prompt,
      Base base,
      RunContext context) {
    EvaluationResult result =
        new Evaluator(asker, prompt, settings).evaluate(method, seed, task.test(), context);
    KnownFacts now = KnownFacts.measure(model, questionFacts, settings, context);
    KnownIncorrect.Table known =
        KnownIncorrect.of(result, questionFacts, base.facts(), now, KnownFacts.Rule.EVERY_PHRASING)
            .fixedAtBase();
    Retention retention =
        new Retention(base.retention(), Retention.measure(model, otherFacts, settings, context));
    EvaluationResult measured =
        known.rate().isPresent()
            ? result.with(KNOWN_INCORRECT, known.rate().getAsDouble())
            : result;
    return measured
        .with(KNOWN_SHARE, (known.knownCorrect() + known.knownIncorrect()) / (double) known.total())
        .with(RECALL, retention.after().facts().recall())
        .with(FACT_LOSS, retention.after().meanNegativeLogLikelihood());
  }

  /** All that determines the exam. */
  String describe() {
    StringBuilder text = new StringBuilder(format.toString());
    task.test().forEach(q -> text.append('|').append(q.id()).append('=').append(q.answers()));
    otherFacts.byQuestion().keySet().forEach(prompt -> text.append('|').append(prompt));
    return text.toString();
  }

  /** The prompt without help. */
  String prompt(Question question) {
    return format.prompt(question.text());
  }

  /** The prompt with the question's rationale in front. */
  String readingPrompt(Question question) {
    RationalizedQuestion reading = task.testRationales().get(question.id());
    return reading == null
        ? prompt(question)
        : format.readingPrompt(reading.rationale().text(), question.text());
  }
}
