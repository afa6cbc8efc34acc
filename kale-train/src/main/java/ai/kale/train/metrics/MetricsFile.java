package ai.kale.train.metrics;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.train.StepListener;
import ai.kale.train.StepReport;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Writes one JSON object a line for each step: {@code step}, {@code source}, {@code loss}, {@code
 * terms} and {@code shares} by name, {@code kl_per_token} where there is a teacher, {@code
 * gradient_norm}, {@code learning_rate}, {@code tokens}, {@code seconds}, {@code tokens_per_second}
 * and {@code memory_bytes}. Losses are in nats.
 *
 * <p>One file for each run. Before the first line of a resumed run, the lines from its first step
 * on are cut off, and so is a last line that is not whole: every step stands in the file once. A
 * run that begins with step 1 leaves the lines of an earlier one alone: their file gets a number at
 * the end of its name, {@code .1} and so on. A file with any other line is refused. Each line is
 * handed to the system as it is made; nothing need be closed. Used by one thread.
 */
public final class MetricsFile implements StepListener {
  private final Path file;
  private boolean begun;

  /**
   * Makes a listener; the file is written from the first step on.
   *
   * @param file its folder is created if missing
   */
  public MetricsFile(Path file) {
    this.file = file;
  }

  /**
   * Adds a line.
   *
   * @throws SetupException if the file cannot be written
   * @throws CorruptFileException at the first step, if the file holds something else than lines of
   *     steps; it is as it was then
   */
  @Override
  public void onStep(StepReport report) {
    try {
      if (!begun) {
        Folders.createFor(file);
        continueAt(report.step());
        begun = true;
      }
      // Not a channel, which closes itself when the thread is interrupted.
      try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
        out.write((json(report) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new SetupException(
          "the metrics file " + file + " cannot be written: " + e + "; check space and rights", e);
    }
  }

  private static ObjectNode json(StepReport report) {
    ObjectNode line = Json.object();
    line.put("step", report.step()).put("source", report.source()).put("loss", report.loss());
    ObjectNode terms = line.putObject("terms");
    report.losses().forEach(terms::put);
    ObjectNode shares = line.putObject("shares");
    report.shares().forEach(shares::put);
    report.divergence().ifPresent(value -> line.put("kl_per_token", value));
    line.put("gradient_norm", report.gradientNorm()).put("learning_rate", report.learningRate());
    line.put("tokens", report.tokens()).put("seconds", report.seconds());
    line.put("tokens_per_second", report.tokensPerSecond());
    return line.put("memory_bytes", report.memoryBytes());
  }

  private void continueAt(int step) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    long keep = kept(step);
    if (step == 1) {
      moveAside();
      return;
    }
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(keep);
    }
  }

  /** Bytes of the lines before a step; all lines are looked at. */
  private long kept(int step) throws IOException {
    long keep = 0;
    boolean before = true;
    try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()))) {
      int number = 1;
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        boolean whole = line[line.length - 1] == '\n';
        if (!whole && line[0] != '{') {
          throw refused(number);
        }
        before &= whole && step(line, number) < step;
        keep += before ? line.length : 0;
        number++;
      }
    }
    return keep;
  }

  private int step(byte[] line, int number) {
    JsonNode step = Json.parse(file, line).path("step");
    if (!step.isInt()) {
      throw refused(number);
    }
    return step.asInt();
  }

  private CorruptFileException refused(int line) {
    return new CorruptFileException(
        file
            + ", line "
            + line
            + ", is not the line of a step, so this is no metrics file and was left as it is; name"
            + " another file");
  }

  private void moveAside() throws IOException {
    if (Files.size(file) == 0) {
      return;
    }
    int number = 1;
    Path aside = aside(number);
    while (Files.exists(aside)) {
      aside = aside(++number);
    }
    Files.move(file, aside);
    LoggerFactory.getLogger(MetricsFile.class)
        .info("{} held the lines of an earlier run; they are now in {}", file, aside);
  }

  private Path aside(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /** The next line with its end; without one where the file ends. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      line.write(next);
      if (next == '\n') {
        break;
      }
      next = in.read();
    }
    return line.toByteArray();
  }
}
