package ai.kale.examples.bench;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.data.GraphSpec;
import ai.kale.examples.bench.store.Contender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the command line of the graph store benchmark says. */
final class GraphStoreOptions {
  @Option(
      names = "--triples",
      defaultValue = "20000000",
      description = "Distinct triples of the generated graph. Default: ${DEFAULT-VALUE}.")
  int triples;

  @Option(
      names = "--entities",
      defaultValue = "0",
      description = "Entities; 0 for 23 to 100 triples, 4.6 million by default.")
  int entities;

  @Option(
      names = "--relations",
      defaultValue = "800",
      description = "Relations. Default: ${DEFAULT-VALUE}.")
  int relations;

  @Option(
      names = "--seed",
      defaultValue = "20261122",
      description = "Seed of the graph and of the scans. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description =
          "Runs of each contender, one after the other in turn. Default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these contenders: kale-tsv, kale-mapped, kale-nt, rio-parse, jena-fast, jena-roaring, rdf4j, jgrapht. Default: all.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--heap",
      defaultValue = "2g",
      description = "-Xmx of KALE and of the parser alone. Default: ${DEFAULT-VALUE}.")
  String heap = "2g";

  @Option(
      names = "--mapped-heap",
      defaultValue = "256m",
      description = "-Xmx of KALE with a mapped file. Default: ${DEFAULT-VALUE}.")
  String mappedHeap = "256m";

  @Option(
      names = "--peer-heap",
      defaultValue = "12g",
      description = "-Xmx of the other stores. Default: ${DEFAULT-VALUE}.")
  String peerHeap = "12g";

  @Option(
      names = "--time-limit",
      defaultValue = "1200",
      description = "Most seconds for one run of one contender. Default: ${DEFAULT-VALUE}.")
  long timeLimit;

  @Option(
      names = "--scan-entities",
      defaultValue = "1000000",
      description = "Entities of each scan. Default: ${DEFAULT-VALUE}.")
  int scanEntities;

  @Option(
      names = "--scan-seconds",
      defaultValue = "10",
      description = "Time for each scan, warm-up included. Default: ${DEFAULT-VALUE}.")
  double scanSeconds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kale-out/bench",
      description =
          "Where tables, logs and the generated graph go; the graph is used again. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/bench");

  GraphSpec spec() {
    int n = entities > 0 ? entities : (int) Math.max(2, triples * 23L / 100);
    return new GraphSpec(n, triples, relations, seed);
  }

  String heapOf(Contender contender) {
    return switch (contender.heap()) {
      case KALE -> heap;
      case MAPPED -> mappedHeap;
      case PEER -> peerHeap;
    };
  }

  /** Who takes part, in the order of the enum, so that files are written before they are read. */
  Set<Contender> contenders() {
    if (only.isEmpty()) {
      return EnumSet.allOf(Contender.class);
    }
    Set<Contender> chosen = EnumSet.noneOf(Contender.class);
    for (String key : only) {
      chosen.add(
          Contender.of(key)
              .orElseThrow(
                  () ->
                      new SetupException(
                          "no contender '" + key + "'; there are " + Contender.keys())));
    }
    return chosen;
  }

  /** Refuses what cannot work, before anything is done. */
  void check() {
    if (rounds < 1 || timeLimit < 1 || scanEntities < 1 || !(scanSeconds >= 0)) {
      throw new SetupException(
          "--rounds, --time-limit and --scan-entities must be at least 1, --scan-seconds at least 0");
    }
  }
}
