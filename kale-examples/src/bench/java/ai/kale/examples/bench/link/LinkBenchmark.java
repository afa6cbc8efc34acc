package ai.kale.examples.bench.link;

import static ai.kale.examples.bench.report.MarkdownTable.number;

import ai.kale.data.Question;
import ai.kale.error.SetupException;
import ai.kale.examples.bench.report.Machine;
import ai.kale.examples.bench.report.MarkdownTable;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.link.ConnectivityLinker;
import ai.kale.kg.link.FrequentNames;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.link.LinkerEvaluation;
import ai.kale.kg.link.LinkerReport;
import ai.kale.spi.EntityLinker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Links, measures, and writes two tables. */
final class LinkBenchmark {
  private final LinkBenchOptions options;
  private final PrintStream out;
  private final MarkdownTable speed =
      new MarkdownTable(
          "names",
          "different names",
          "build, CPU s",
          "dictionary, MiB",
          "bytes a name",
          "heap, MiB",
          "questions",
          "questions per CPU s",
          "with answers",
          "answers per CPU s then");
  private final MarkdownTable quality =
      new MarkdownTable(
          "questions",
          "linker",
          "annotated",
          "ambiguous",
          "precision, %",
          "recall, %",
          "F1, %",
          "exactly right, %",
          "not in the graph");

  LinkBenchmark(LinkBenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() {
    if (options.data != null) {
      metaQa(options.data);
    }
    if (options.pathQuestion != null) {
      pathQuestion(options.pathQuestion);
    }
    if (options.labels > 0) {
      GeneratedNames.Filled filled = GeneratedNames.make(options.seed, options.labels);
      addSpeed("generated", filled.graph(), filled.questions());
    }
    String report =
        "One thread; "
            + Machine.here().describe()
            + String.format(Locale.ROOT, ", -Xmx %d MiB", Runtime.getRuntime().maxMemory() >> 20)
            + ". Command: `"
            + options.commandLine()
            + "`.\n\n"
            + speed
            + "\n"
            + quality;
    out.println(report);
    try {
      Files.createDirectories(options.out);
      Files.writeString(options.out.resolve("link.md"), report);
    } catch (IOException e) {
      throw new SetupException("cannot write to " + options.out + " (" + e + ")", e);
    }
  }

  private void metaQa(Path folder) {
    try (CompactGraph graph = LinkData.graph(folder.resolve("kg.tsv"))) {
      Map<String, List<Question>> files = LinkData.metaQa(folder, graph);
      List<Question> dev = new ArrayList<>();
      files.forEach((name, questions) -> dev.addAll(name.contains("dev") ? questions : List.of()));
      addSpeed("MetaQA, dev", graph, dev.isEmpty() ? files.values().iterator().next() : dev);
      files.forEach((name, questions) -> addQuality("MetaQA " + name, graph, questions));
    }
  }

  private void pathQuestion(Path folder) {
    for (int hops = 2; hops <= 3; hops++) {
      try (CompactGraph graph = LinkData.graph(folder.resolve(hops + "H-kb.txt"))) {
        String name = "PQ-" + hops + "H.txt";
        addQuality("PathQuestion " + name, graph, LinkData.pathQuestion(folder.resolve(name)));
      }
    }
  }

  private void addSpeed(String name, CompactGraph graph, List<Question> questions) {
    LinkSpeed measured = LinkSpeed.measure(graph, questions, options.rounds);
    double answersEach = (double) measured.answers() / Math.max(1, measured.questions());
    speed.row(
        List.of(
            name,
            cell(measured.names(), 1, 0),
            cell(measured.seconds(), 1, 2),
            cell(measured.bytes(), 0x1p20, 2),
            cell(measured.bytes(), Math.max(1, measured.names()), 1),
            cell(measured.heap(), 0x1p20, 2),
            cell(measured.questions(), 1, 0),
            cell(measured.perSecond(), 1, 0),
            cell(measured.perSecondWithAnswers(), 1, 0),
            cell(measured.perSecondWithAnswers() * answersEach, 1, 0)));
  }

  private void addQuality(String name, CompactGraph graph, List<Question> questions) {
    LabelLinker labels = new LabelLinker();
    LabelLinker frequent =
        labels.withIgnored(FrequentNames.of(graph, labels, questions, options.frequent));
    Map<String, EntityLinker> linkers = new LinkedHashMap<>();
    linkers.put("labels", labels);
    linkers.put("labels, minding case", labels.withCaseSensitive(true));
    linkers.put("labels without frequent names", frequent);
    linkers.put("the same and connectivity", new ConnectivityLinker(frequent));
    linkers.forEach(
        (kind, linker) -> {
          LinkerReport report = LinkerEvaluation.of(graph, linker).run(questions);
          quality.row(
              List.of(
                  name,
                  kind,
                  cell(report.questions(), 1, 0),
                  cell(report.ambiguous(), 1, 0),
                  cell(report.precision(), 0.01, 2),
                  cell(report.recall(), 0.01, 2),
                  cell(report.f1(), 0.01, 2),
                  cell(report.exactShare(), 0.01, 2),
                  cell(report.notInGraph(), 1, 0)));
        });
  }

  private static String cell(Number value, double unit, int decimals) {
    return number(OptionalDouble.of(value.doubleValue()), unit, decimals);
  }
}
