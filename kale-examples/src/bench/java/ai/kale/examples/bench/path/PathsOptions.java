package ai.kale.examples.bench.path;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.path.data.PathGraph;
import ai.kale.examples.bench.path.find.PathContender;
import ai.kale.examples.bench.path.run.Cell;
import ai.kale.examples.bench.path.run.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line of the path benchmark says. */
final class PathsOptions {
  /** The name under which all questions of MetaQA are asked, beside the names of graphs. */
  static final String ALL_QUESTIONS = "metaqa-all";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kale-out/bench-paths",
      description =
          "Where tables, logs, graphs and pairs go; graphs are used again. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/bench-paths");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with MetaQA: kg.tsv and 1-hop-dev.txt to 3-hop-dev.txt. Without it, no MetaQA.")
  @Nullable Path data;

  @Option(
      names = "--pathenum",
      paramLabel = "FILE",
      description = "The program of PathEnum. Without it, no PathEnum.")
  @Nullable Path pathEnum;

  @Option(
      names = "--graphs",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these: metaqa-2hop, metaqa-3hop, fb15k237-like, synthetic, metaqa-all. Default: all.")
  List<String> graphs = new ArrayList<>();

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these: exact, exact-stream, aStar, bfs, jgrapht-all, jgrapht-yen, neo4j, exact-vertex,"
              + " exact-vertex-stream, pathenum. Default: all.")
  List<String> contenders = new ArrayList<>();

  @Option(
      names = "--pairs",
      defaultValue = "200",
      description = "Queries of each graph and length. Default: ${DEFAULT-VALUE}.")
  int pairs;

  @Option(
      names = "--hops",
      split = ",",
      defaultValue = "2,3,4",
      description = "Longest paths. Default: ${DEFAULT-VALUE}.")
  List<Integer> hops = List.of(2, 3, 4);

  @Option(
      names = "--paths",
      split = ",",
      defaultValue = "16,100000",
      description = "Most paths a query returns. Default: ${DEFAULT-VALUE}.")
  List<Integer> paths = List.of(16, 100_000);

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Runs of each contender, in turn. Default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--query-limit",
      defaultValue = "10",
      description = "Most seconds for one query. Default: ${DEFAULT-VALUE}.")
  double queryLimit;

  @Option(
      names = "--time-limit",
      defaultValue = "120",
      description =
          "Most seconds for all queries of one length and number of paths; the rest is not asked. Default: ${DEFAULT-VALUE}.")
  double timeLimit;

  @Option(
      names = "--warm-up",
      defaultValue = "3",
      description = "Seconds of queries before those that count. Default: ${DEFAULT-VALUE}.")
  double warmUp;

  @Option(
      names = "--load-limit",
      defaultValue = "3600",
      description = "Seconds for loading a graph. Default: ${DEFAULT-VALUE}.")
  long loadLimit;

  @Option(
      names = "--triples",
      defaultValue = "20000000",
      description = "Triples of the synthetic graph. Default: ${DEFAULT-VALUE}.")
  int triples;

  @Option(
      names = "--seed",
      defaultValue = "20261122",
      description = "Seed of graphs and pairs. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--heap",
      defaultValue = "4g",
      description = "-Xmx of KALE. Default: ${DEFAULT-VALUE}.")
  String heap = "4g";

  @Option(
      names = "--peer-heap",
      defaultValue = "12g",
      description = "-Xmx of the other libraries. Default: ${DEFAULT-VALUE}.")
  String peerHeap = "12g";

  String heapOf(PathContender contender) {
    return contender.isKale() ? heap : peerHeap;
  }

  Limits limits() {
    return new Limits(queryLimit, timeLimit, warmUp);
  }

  /** Cheap ones first. */
  List<Cell> cells() {
    return hops.stream()
        .sorted()
        .flatMap(l -> paths.stream().sorted().map(k -> new Cell(l, k)))
        .toList();
  }

  Path pathEnum() {
    return Objects.requireNonNull(pathEnum, "checked by contenders()");
  }

  /** The graphs asked for; some may need {@link #data}. */
  List<PathGraph> chosenGraphs() {
    List<PathGraph> chosen = new ArrayList<>();
    for (String key : graphs.isEmpty() ? PathGraph.keys() : graphs) {
      if (!key.equals(ALL_QUESTIONS)) {
        chosen.add(PathGraph.of(key).orElseThrow(() -> noGraph(key)));
      }
    }
    return chosen;
  }

  boolean allQuestions() {
    return graphs.isEmpty() || graphs.contains(ALL_QUESTIONS);
  }

  private static SetupException noGraph(String key) {
    return new SetupException(
        "no graph '" + key + "'; there are " + PathGraph.keys() + " and " + ALL_QUESTIONS);
  }

  /** The contenders asked for; PathEnum among them may lack its program. */
  List<PathContender> chosenContenders() {
    List<PathContender> chosen = new ArrayList<>();
    for (String key : contenders.isEmpty() ? PathContender.keys() : contenders) {
      chosen.add(
          PathContender.of(key)
              .orElseThrow(
                  () ->
                      new SetupException(
                          "no contender '" + key + "'; there are " + PathContender.keys())));
    }
    return chosen.stream().distinct().sorted().toList();
  }

  /** Refuses what cannot work, before anything is done. */
  void check() {
    boolean counts = pairs >= 1 && rounds >= 1 && loadLimit >= 1;
    boolean lists =
        hops.stream().allMatch(l -> l >= 1 && l <= 16) && paths.stream().allMatch(k -> k >= 1);
    if (!counts || !lists || !(queryLimit > 0) || !(timeLimit > 0) || !(warmUp >= 0)) {
      throw new SetupException(
          "--pairs, --rounds, --load-limit and --paths must be at least 1, --hops from 1 to 16,"
              + " --query-limit and --time-limit above 0, --warm-up at least 0");
    }
    if (pathEnum != null && !Files.isExecutable(pathEnum)) {
      throw new SetupException("--pathenum " + pathEnum + " is no program that can be run");
    }
    if (data != null && !Files.isRegularFile(data.resolve("kg.tsv"))) {
      throw new SetupException("--data " + data + " has no kg.tsv; it must be MetaQA's folder");
    }
    chosenGraphs();
    chosenContenders();
  }
}
