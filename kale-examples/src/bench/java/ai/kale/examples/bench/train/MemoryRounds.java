package ai.kale.examples.bench.train;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.ChildJvm;
import ai.kale.examples.bench.report.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Starts {@link MemoryMain} and shows what it found. */
final class MemoryRounds {
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch");
  private static final long SECONDS = 3600;

  private final Path folder;

  MemoryRounds(Path folder) {
    this.folder = folder;
  }

  String steps(int count) {
    List<Double> memory = run("steps", Integer.toString(count));
    MarkdownTable table = new MarkdownTable("steps done", "memory of the process, MiB");
    int[] done = {count / 10, count / 2, count};
    for (int i = 0; i < done.length; i++) {
      table.row(List.of(Integer.toString(done[i]), number(memory.get(i), 0x1p20)));
    }
    return table.toString();
  }

  /** Peak and time of a step with what saves memory: blocks computed again, fewer logits. */
  String savings() {
    List<Double> plain = run("peak", "false,0");
    MarkdownTable table =
        new MarkdownTable(
            "a step", "peak above rest, MiB", "of the plain one", "CPU, ms", "of the plain one");
    row(table, "plain", plain, plain);
    row(table, "activation checkpointing", run("peak", "true,0"), plain);
    row(table, "16 rows of logits at a time", run("peak", "false,16"), plain);
    row(table, "both", run("peak", "true,16"), plain);
    return MemoryMain.peakShape().describe() + "\n\n" + table;
  }

  private static void row(
      MarkdownTable table, String title, List<Double> some, List<Double> plain) {
    table.row(
        List.of(
            title,
            number(some.get(0), 0x1p20),
            MarkdownTable.ratio(OptionalDouble.of(some.get(0) / plain.get(0))),
            number(some.get(1), 1),
            MarkdownTable.ratio(OptionalDouble.of(some.get(1) / plain.get(1)))));
  }

  private static String number(double value, double unit) {
    return MarkdownTable.number(OptionalDouble.of(value), unit, 0);
  }

  private List<Double> run(String what, String argument) {
    Path file = folder.resolve("memory-" + what + "-" + argument + ".txt");
    Path log = folder.resolve("memory.log");
    try {
      OptionalInt code =
          ChildJvm.start(
                  FLAGS,
                  MemoryMain.class,
                  List.of(Path.of(what), file.toAbsolutePath(), Path.of(argument)),
                  log)
              .await(SECONDS, "the memory of training");
      if (code.isEmpty() || code.getAsInt() != 0) {
        throw new SetupException("measuring memory failed (exit code " + code + "); see " + log);
      }
      return Files.readAllLines(file).stream().map(Double::parseDouble).toList();
    } catch (IOException e) {
      throw new SetupException("measuring memory failed (" + e + "); see " + log, e);
    }
  }
}
