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

  String checkpointing() {
    List<Double> kept = run("peak", "false");
    List<Double> again = run("peak", "true");
    MarkdownTable table =
        new MarkdownTable(
            "activation checkpointing", "peak of a step above rest, MiB", "CPU of the step, ms");
    table.row(List.of("off", number(kept.get(0), 0x1p20), number(kept.get(1), 1)));
    table.row(List.of("on", number(again.get(0), 0x1p20), number(again.get(1), 1)));
    table.row(
        List.of(
            "on, of off",
            MarkdownTable.ratio(OptionalDouble.of(again.get(0) / kept.get(0))),
            MarkdownTable.ratio(OptionalDouble.of(again.get(1) / kept.get(1)))));
    return MemoryMain.peakShape().describe() + "\n\n" + table;
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
