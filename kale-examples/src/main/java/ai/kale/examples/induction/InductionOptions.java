package ai.kale.examples.induction;

import ai.kale.KnowledgeGraph;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathScorer;
import ai.kale.data.Question;
import ai.kale.dataset.QuestionFormats;
import ai.kale.dataset.QuestionReader;
import ai.kale.error.SetupException;
import ai.kale.examples.dataset.QuestionFiles;
import ai.kale.kg.link.FallbackLinker;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.link.TopicLinker;
import ai.kale.spi.EntityLinker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says. */
final class InductionOptions {
  /** A question file's layout. */
  enum Format {
    plain,
    metaqa,
    pathquestion,
    arc,
    commonsenseqa,
    mmlu,
    race,
    bbh,
    absr,
    rog,
    messages,
    alpaca,
    sharegpt;

    /** With the relation path each question asks about where the layout has it. */
    List<Question> read(Path file, KnowledgeGraph graph) {
      return this == metaqa || this == pathquestion
          ? QuestionFiles.read(file, graph)
          : reader().read(file);
    }

    private QuestionReader reader() {
      return switch (this) {
        case plain -> QuestionFormats.plain();
        case metaqa -> QuestionFormats.metaQa();
        case pathquestion -> QuestionFormats.pathQuestion();
        case arc -> QuestionFormats.arc();
        case commonsenseqa -> QuestionFormats.commonsenseQa();
        case mmlu -> QuestionFormats.mmlu();
        case race -> QuestionFormats.race();
        case bbh -> QuestionFormats.bigBenchHard();
        case absr -> QuestionFormats.absR();
        case rog -> QuestionFormats.rog();
        case messages -> QuestionFormats.openAiMessages();
        case alpaca -> QuestionFormats.alpaca();
        case sharegpt -> QuestionFormats.shareGpt();
      };
    }
  }

  /** What ranks paths of one length. */
  enum Scorer {
    none,
    specificity,
    diversity;

    PathScorer scorer() {
      return switch (this) {
        case none -> PathScorer.none();
        case specificity -> PathScorer.specificity();
        case diversity -> PathScorer.relationDiversity();
      };
    }
  }

  /** How entities are recognised. */
  enum Linking {
    topic,
    label,
    both;

    EntityLinker linker(LabelLinker labels) {
      return switch (this) {
        case topic -> new TopicLinker();
        case label -> labels;
        case both -> new FallbackLinker(new TopicLinker(), labels).onlyWithoutAnnotation();
      };
    }
  }

  @Option(
      names = "--graph",
      paramLabel = "FILE",
      required = true,
      description = "Knowledge graph: .nt, .ttl, .tsv, .csv …, plain or compressed.")
  @Nullable Path graph;

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      required = true,
      description = "Question file; may be given several times.")
  List<Path> questions = new ArrayList<>();

  @Option(
      names = "--format",
      defaultValue = "plain",
      description = "Layout of the question files: ${COMPLETION-CANDIDATES}. Default: JSONL.")
  Format format = Format.plain;

  @Option(
      names = "--linker",
      defaultValue = "both",
      description =
          "topic (annotated entities), label (names of the graph in the text), both (label where"
              + " nothing is annotated). Default: ${DEFAULT-VALUE}.")
  Linking linker = Linking.both;

  @Option(
      names = "--phrasing",
      paramLabel = "SHARE",
      defaultValue = "0.005",
      description =
          "Names of the graph that more than this share of the questions mention belong to their"
              + " phrasing and are not linked by label; 1 to link all. Default: ${DEFAULT-VALUE}.")
  double phrasing = 0.005;

  @Option(
      names = "--hops",
      defaultValue = "3",
      description = "Most hops of a path. Default: ${DEFAULT-VALUE}.")
  int hops = 3;

  @Option(
      names = "--paths",
      defaultValue = "8",
      description = "Most paths of a question. Default: ${DEFAULT-VALUE}.")
  int paths = 8;

  @Option(
      names = "--scorer",
      defaultValue = "specificity",
      description =
          "What ranks paths of one length: none, specificity (few others on the way), diversity (of"
              + " relations). Default: ${DEFAULT-VALUE}.")
  Scorer scorer = Scorer.specificity;

  @Option(
      names = "--trails",
      description = "Paths may come to an entity twice, though over no arc twice.")
  boolean trails;

  @Option(
      names = "--samples",
      defaultValue = "5",
      description = "Rationales of each hop count to print. Default: ${DEFAULT-VALUE}.")
  int samples = 5;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kale-out/induction",
      description = "Where the files go. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/induction");

  /** The limits of the search. */
  PathQuery limits(PathQuery query) {
    return query
        .withMaxHops(hops)
        .withMaxPaths(paths)
        .withScorer(scorer.scorer())
        .withMode(trails ? PathMode.TRAIL : PathMode.SIMPLE);
  }

  /** The graph's file, which the command line always has. */
  Path graphFile() {
    if (graph == null) {
      throw new SetupException("--graph is missing; name a graph file");
    }
    return graph;
  }

  /** Refuses what cannot work before anything is read. */
  void check() {
    if (hops < 1 || paths < 1 || samples < 0) {
      throw new SetupException("--hops and --paths must be at least 1, --samples at least 0");
    }
    if (!(phrasing >= 0 && phrasing <= 1)) {
      throw new SetupException("--phrasing is a share, from 0 to 1; got " + phrasing);
    }
    List<Path> inputs = new ArrayList<>(questions);
    inputs.add(graphFile());
    for (Path input : inputs) {
      if (!Files.exists(input)) {
        throw new SetupException("there is no " + input + "; check --graph and --questions");
      }
    }
  }
}
