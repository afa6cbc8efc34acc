package ai.kale.examples.induction;

import ai.kale.GroundedSet;
import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.RationalizedSet;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.dataset.QuestionStatistics;
import ai.kale.error.InvalidInputException;
import ai.kale.examples.console.Folders;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.link.FrequentNames;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.link.LinkerEvaluation;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.rationale.SynthesisSummary;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.run.RunContext;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The stages of knowledge induction, each with its time. */
final class InductionPipeline {
  private final InductionOptions options;
  private final RunContext context;
  private final PrintStream console;

  InductionPipeline(InductionOptions options, RunContext context, PrintStream console) {
    this.options = options;
    this.context = context;
    this.console = console;
  }

  void run() {
    Folders.make(options.out);
    try (KnowledgeGraph graph = KnowledgeGraphs.read(options.graphFile())) {
      console.printf(
          "graph: %,d triples, %,d entities, %d relations%n",
          graph.tripleCount().orElse(0), graph.entityCount(), graph.relationCount());
      List<Question> questions = read(graph);
      console.println(QuestionStatistics.of(questions).describe());
      LabelLinker labels = labels(graph, questions);
      evaluate(labels, graph, questions);
      RationalizedSet rationalized = rationales(graph, labels, questions);
      console.println(AskedPaths.of(rationalized.questions()).describe());
      print(rationalized.questions());
    }
    console.println("files are in " + options.out);
  }

  private List<Question> read(KnowledgeGraph graph) {
    List<Question> questions = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    for (Path file : options.questions) {
      for (Question question : options.format.read(file, graph)) {
        Path earlier = files.putIfAbsent(question.id(), file);
        if (earlier != null) {
          throw new InvalidInputException(
              "question id '"
                  + question.id()
                  + "' is in "
                  + earlier
                  + " and in "
                  + file
                  + "; give ids that are distinct over all files");
        }
        questions.add(question);
      }
    }
    return questions;
  }

  /** A linker that does not take the words of the phrasing for entities. */
  private LabelLinker labels(KnowledgeGraph graph, List<Question> questions) {
    LabelLinker all = new LabelLinker();
    Set<String> phrasing = FrequentNames.of(graph, all, questions, options.phrasing);
    if (phrasing.isEmpty()) {
      return all;
    }
    console.println("names of the phrasing, not linked: " + String.join(", ", phrasing));
    return all.withIgnored(phrasing);
  }

  /** How well names find what the data set annotates; nothing without annotation. */
  private void evaluate(LabelLinker labels, KnowledgeGraph graph, List<Question> questions) {
    if (questions.stream().allMatch(question -> question.topics().isEmpty())) {
      console.println("no question is annotated with its entities: linking is not evaluated");
      return;
    }
    console.println("linking by label, the annotation hidden:");
    console.println(LinkerEvaluation.of(graph, labels).run(questions).describe());
  }

  private RationalizedSet rationales(
      KnowledgeGraph graph, LabelLinker labels, List<Question> questions) {
    GroundedSet grounded =
        timed(
            "linked and searched",
            questions.size(),
            () ->
                Kale.with(graph)
                    .linker(options.linker.linker(labels))
                    .extractor(new ExactPathExtractor())
                    .limits(options::limits)
                    .context(context)
                    .ground(questions)
                    .reachedAnswersFirst());
    console.println(grounded.summary().describe());
    grounded.writeTo(options.out.resolve("grounded.jsonl"));
    RationalizedSet rationalized =
        timed("rationales", questions.size(), () -> grounded.synthesize(new TemplateSynthesizer()));
    rationalized.summary().map(SynthesisSummary::describe).ifPresent(console::println);
    return rationalized
        .writeTo(options.out.resolve("rationalized.jsonl"))
        .exportTrl(options.out.resolve("trl.jsonl"));
  }

  private void print(List<RationalizedQuestion> rows) {
    Samples.byHops(rows, options.samples)
        .forEach(
            (hops, samples) -> {
              console.printf("%n%d hop%s%n", hops, hops == 1 ? "" : "s");
              for (RationalizedQuestion row : samples) {
                console.printf("%n  %s%n", row.question().text());
                console.printf("  = %s%n", String.join(" | ", row.question().answers()));
                console.printf("  > %s%n", row.rationale().text());
              }
            });
    console.println();
  }

  private <T> T timed(String what, int questions, Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - begin) / 1e9;
    console.printf(
        "%s: %,d questions in %.2f s, %,.0f a second%n",
        what, questions, seconds, questions / seconds);
    return result;
  }
}
