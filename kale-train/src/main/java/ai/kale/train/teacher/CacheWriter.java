package ai.kale.train.teacher;

import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.run.FileClaim;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.io.Folders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Computes distributions into {@code NAME.part}, pass by pass, and renames it when it is complete.
 * What an earlier, interrupted computation left there is kept up to its last whole pass.
 */
final class CacheWriter {
  private static final long WAIT_MILLIS = 50;

  private final Path file;
  private final Path part;
  private final TeacherKey key;
  private final CacheLayout layout;

  CacheWriter(Path file, TeacherKey key, CacheLayout layout) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.key = key;
    this.layout = layout;
  }

  /**
   * Computes what is missing. Where another run computes the same, waits for it and takes over what
   * it leaves.
   *
   * @param anew whether what is there counts for nothing; another run is then not waited for
   */
  void run(
      TokenPredictor teacher,
      List<TrainingExample> examples,
      PassLimit limit,
      RunContext context,
      boolean anew) {
    Folders.createFor(file);
    FileClaim claim = anew ? claim() : claimInTurn(context, examples.size());
    try {
      if (anew) {
        Files.deleteIfExists(part);
      } else if (Files.exists(file)) {
        return; // another run has just finished it
      }
      compute(teacher, examples, ReadingPlan.passes(examples, limit), context);
      AtomicFiles.replace(part, file);
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      claim.close();
    }
  }

  private void compute(
      TokenPredictor teacher,
      List<TrainingExample> examples,
      List<int[]> passes,
      RunContext context) {
    try (RandomAccessFile out = new RandomAccessFile(part.toFile(), "rw")) {
      int done = begin(out, passes);
      int examplesDone = passes.subList(0, done).stream().mapToInt(p -> p.length).sum();
      for (int[] pass : passes.subList(done, passes.size())) {
        context.step("teacher", examplesDone, examples.size());
        Distributions some =
            FrozenReading.run(teacher, examples, pass, layout.kept(), key.temperature());
        int row = 0;
        for (int example : pass) {
          out.write(layout.encode(example, some, row));
          row += layout.rows(example);
        }
        examplesDone += pass.length;
      }
      out.getFD().sync();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private FileClaim claimInTurn(RunContext context, int examples) {
    Optional<FileClaim> claim = tryClaim();
    while (claim.isEmpty()) {
      context.step("teacher", 0, examples);
      try {
        Thread.sleep(WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperationCancelledException(
            "interrupted while another run computed the teacher cache " + file, e);
      }
      claim = tryClaim();
    }
    return claim.get();
  }

  private FileClaim claim() {
    return tryClaim()
        .orElseThrow(
            () ->
                new SetupException(
                    part
                        + " is being written by another run; wait for it, or use another"
                        + " cacheFolder"));
  }

  /** Held until the file has its name; whoever else opens and closes it does not end the claim. */
  private Optional<FileClaim> tryClaim() {
    try {
      return FileClaim.of(part);
    } catch (ClosedByInterruptException e) {
      throw new OperationCancelledException("interrupted while " + part + " was opened", e);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Number of passes that are there already; the file then ends after them. */
  private int begin(RandomAccessFile out, List<int[]> passes) throws IOException {
    if (out.length() < layout.header().length) {
      out.setLength(0);
      out.write(layout.header());
      return 0;
    }
    CacheHeader.kept(part, key);
    long good = layout.header().length;
    int done = 0;
    while (done < passes.size() && sound(out, passes.get(done))) {
      for (int example : passes.get(done)) {
        good += layout.recordBytes(example);
      }
      done++;
    }
    out.setLength(good);
    out.seek(good);
    return done;
  }

  private boolean sound(RandomAccessFile in, int[] pass) throws IOException {
    for (int example : pass) {
      byte[] bytes = new byte[layout.recordBytes(example)];
      long start = layout.start(example);
      if (in.length() < start + bytes.length) {
        return false;
      }
      in.seek(start);
      in.readFully(bytes);
      if (!CacheLayout.sound(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))) {
        return false;
      }
    }
    return true;
  }

  private SetupException unwritable(IOException e) {
    return new SetupException(
        "the teacher cache " + part + " cannot be written: " + e + "; check free space and rights",
        e);
  }
}
