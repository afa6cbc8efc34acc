package ai.kale.examples.quickstart;

import ai.kale.KnowledgeGraph;
import ai.kale.eval.EvaluationResult;
import ai.kale.eval.EvaluationResults;
import ai.kale.examples.console.Folders;
import ai.kale.examples.pretrain.PretrainingTexts;
import ai.kale.examples.world.World;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.run.AtomicFiles;
import ai.kale.run.RunContext;
import ai.kale.spi.Providers;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.LanguageModelAnswers;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The quickstart's stages, in order. */
final class Pipeline {
  private static final int ANSWER_LENGTH = 4;

  private final QuickstartOptions options;
  private final RunContext context;
  private final PrintStream console;

  Pipeline(QuickstartOptions options, RunContext context, PrintStream console) {
    this.options = options;
    this.context = context;
    this.console = console;
  }

  void run() {
    long begin = System.nanoTime();
    Path out = options.out;
    Folders.make(out);
    TensorEngine engine = Providers.tensorEngine();
    Path file =
        options.graphFile().orElseGet(() -> World.copy("world.nt", out.resolve("world.nt")));
    try (KnowledgeGraph graph = KnowledgeGraphs.read(file)) {
      console.printf(
          "graph: %,d triples, %,d entities, %d relations (%s)%n",
          graph.tripleCount().orElse(0), graph.entityCount(), graph.relationCount(), file);
      Task task = new TaskBuilder(graph, options, context, console).build(out);
      try (BaseModel base = BaseModel.prepare(task, options, engine, context)) {
        if (!options.onlyBase) {
          experiment(task, base, engine, out);
        }
      }
    }
    console.printf("%.0f seconds; everything is in %s%n", (System.nanoTime() - begin) / 1e9, out);
  }

  private void experiment(Task task, BaseModel base, TensorEngine engine, Path out) {
    Examination exam = new Examination(task, base.format());
    ResultTable table = new ResultTable();
    table.addUntrained("majority answer of the relation path", Majority.examine(task));
    Examination.Base known;
    try (TensorModel model = engine.open(base.folder(), EngineOptions.cpu())) {
      LanguageModelAnswers answers =
          new LanguageModelAnswers(model, base.tokenizer(), ANSWER_LENGTH);
      known = exam.base(answers, context);
      table.addUntrained(
          "base", exam.examine("base", 0, answers, answers, exam::prompt, known, context));
      table.addUntrained(
          "base reading the rationale",
          exam.examine("base-reading", 0, answers, answers, exam::readingPrompt, known, context));
    }
    PretrainingTexts texts = new PretrainingTexts(task.facts(), List.of());
    CellRunner runner =
        new CellRunner(base, task, exam.replay(texts.oneHopExamples()), exam, known, options);
    boolean withNoise = !task.ownPool().isEmpty();
    if (!withNoise) {
      console.println(
          "no training question states its relation path: the condition with wrong answers is left out");
    }
    unknownWords(task, base).ifPresent(console::println);
    List<Cell> cells = Cell.all(options.seeds, options.noise, withNoise);
    List<EvaluationResult> results =
        new Experiment(runner, out, options.threads(), options.steps).run(cells, context);
    table.addCells(cells, results);
    write(task, table, Reading.of(task.test().size(), options.seeds, exam.knownShare(known)), out);
  }

  /** Test questions the model cannot read in full, where there are any. */
  private static Optional<String> unknownWords(Task task, BaseModel base) {
    long unreadable =
        task.test().stream()
            .filter(q -> !base.tokenizer().unknownWords(q.text()).isEmpty())
            .count();
    return unreadable == 0
        ? Optional.empty()
        : Optional.of(
            unreadable
                + " of the test questions hold words that no training question has; they are asked"
                + " all the same");
  }

  private void write(Task task, ResultTable table, String reading, Path out) {
    List<EvaluationResult> all = new ArrayList<>();
    table.rows().forEach(row -> all.addAll(row.results()));
    EvaluationResults.write(out.resolve("results.jsonl"), all);
    AtomicFiles.writeString(out.resolve("results.md"), table.markdown());
    AtomicFiles.writeString(
        out.resolve("report.html"), new HtmlReport(task, options, reading).render(table));
    console.println();
    console.println(table.markdown());
    console.println(reading);
  }
}
