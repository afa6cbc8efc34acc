package ai.kale.examples.bench.teacher;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.report.Machine;
import ai.kale.examples.bench.report.MarkdownTable;
import ai.kale.rationale.SynthesisSummary;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.ServerFaults;
import ai.kale.tck.ServerStatistics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two parts. First a run is killed again and again while its server goes wrong as on a bad day.
 * Then a run is left alone with a good server, to see how near it comes to its rate limit.
 */
final class TeacherFaultsBenchmark {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final FaultsOptions options;
  private final PrintStream out;

  TeacherFaultsBenchmark(FaultsOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    Files.createDirectories(options.out);
    String text =
        "Machine: "
            + Machine.here().describe()
            + ". Command: `"
            + options.describe()
            + "`.\n\n"
            + killed()
            + "\n"
            + alone();
    Files.writeString(options.out.resolve("teacher-faults.md"), text);
    out.println(text);
  }

  private String killed() throws IOException, InterruptedException {
    Path journal = fresh("killed.jsonl");
    Path result = fresh("killed.txt");
    SplittableRandom random = new SplittableRandom(options.seed);
    String id = FaultsRun.teacher("http://127.0.0.1:1/v1").id();
    AskedKeys keys = new AskedKeys(id);
    long started = System.nanoTime();
    int again = 0;
    try (ChatCompletionsServer server = ChatCompletionsServer.start(keys::answer)) {
      server.latency(Duration.ofMillis(options.latency)).faults(ServerFaults.badDay(options.seed));
      for (int kill = 0; kill < options.kills; kill++) {
        Set<String> paid = AskedKeys.journalled(journal);
        Process child = start(server, journal, result, kill);
        int left = Math.max(1, options.questions - paid.size());
        // At most half of what is left, so that the run does not end before it is killed.
        int more =
            1
                + random.nextInt(
                    Math.max(1, Math.min(left / 2, 2 * left / (options.kills - kill + 1))));
        while (child.isAlive() && AskedKeys.journalled(journal).size() < paid.size() + more) {
          Thread.sleep(20 + random.nextInt(30));
        }
        if (!child.isAlive()) {
          throw new SetupException("a run ended before it was killed; see " + options.out);
        }
        child.destroyForcibly().waitFor();
        again += keys.askedAgain(paid).size();
        out.printf(Locale.ROOT, "kill %d: %d replies%n", kill + 1, paid.size() + more);
      }
      Set<String> paid = AskedKeys.journalled(journal);
      Process last = start(server, journal, result, options.kills);
      if (!last.waitFor(30, TimeUnit.MINUTES) || last.exitValue() != 0) {
        last.destroyForcibly();
        throw new SetupException("the last run did not end well; see the logs in " + options.out);
      }
      again += keys.askedAgain(paid).size();
      checkNoKey();
      return table(server.statistics(), journal, result, again, started);
    }
  }

  /** Journal, summary and logs of all runs; the server has repeated the key in some errors. */
  private void checkNoKey() throws IOException {
    try (Stream<Path> files = Files.list(options.out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(FaultsRun.KEY)) {
          throw new IllegalStateException("the teacher's key is in " + file);
        }
      }
    }
  }

  private String table(ServerStatistics seen, Path journal, Path result, int again, long started)
      throws IOException {
    List<String> lines = Files.readAllLines(result);
    String[] counts = lines.get(0).split(" ");
    MarkdownTable table = new MarkdownTable("A bad day, " + options.kills + " kills", "value");
    table.row(List.of("questions", counts[0]));
    table.row(
        List.of(
            "kept / after a retry / by the template / dropped",
            String.join(" / ", counts[1], counts[2], counts[3], counts[4])));
    int sum = 0;
    for (int i = 1; i < counts.length; i++) {
      sum += Integer.parseInt(counts[i]);
    }
    table.row(List.of("not accounted for", Integer.toString(options.questions - sum)));
    table.row(List.of("replies in the journal", count(AskedKeys.journalled(journal).size())));
    table.row(List.of("requests the server saw", count(seen.requests())));
    table.row(List.of("asked again though journalled", count(again)));
    table.row(
        List.of("replies sent again: the first was under way at a kill", count(seen.paidAgain())));
    row(table, seen);
    table.row(List.of("wall time, s", seconds(System.nanoTime() - started)));
    return table + "\nFaults: " + seen.faults() + ". Last run: " + lines.get(1) + ".\n";
  }

  private void row(MarkdownTable table, ServerStatistics seen) {
    table.row(
        List.of(
            "most requests in any 60 s, of " + options.rate, count(seen.mostRequestsIn(MINUTE))));
    Duration span = seen.span().orElse(Duration.ofSeconds(1));
    double allowed = options.rate * (span.toMillis() / 60_000.0);
    table.row(
        List.of(
            "mean rate, % of the allowed",
            String.format(Locale.ROOT, "%.1f", 100 * seen.requests() / allowed)));
  }

  private String alone() throws IOException {
    Path journal = fresh("alone.jsonl");
    AskedKeys keys = new AskedKeys("unused");
    long started = System.nanoTime();
    try (ChatCompletionsServer server = ChatCompletionsServer.start(keys::answer)) {
      server.latency(Duration.ofMillis(options.latency));
      SynthesisSummary summary =
          FaultsRun.run(
              server.baseUrl().toString(),
              journal,
              options.questions,
              options.rate,
              options.concurrency);
      MarkdownTable table = new MarkdownTable("Left alone", "value");
      table.row(List.of("questions kept", count(summary.kept() + summary.retried())));
      table.row(List.of("requests the server saw", count(server.statistics().requests())));
      row(table, server.statistics());
      table.row(List.of("wall time, s", seconds(System.nanoTime() - started)));
      return table.toString();
    }
  }

  private Process start(ChatCompletionsServer server, Path journal, Path result, int number)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", FaultsRun.class.getName(), server.baseUrl().toString()));
    command.addAll(List.of(journal.toString(), result.toString()));
    command.add(Integer.toString(options.questions));
    command.add(Integer.toString(options.rate));
    command.add(Integer.toString(options.concurrency));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(options.out.resolve("run-" + number + ".log").toFile())
        .start();
  }

  private Path fresh(String name) throws IOException {
    Path file = options.out.resolve(name);
    Files.deleteIfExists(file);
    return file;
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.0f", nanos / 1e9);
  }
}
