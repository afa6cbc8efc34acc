package ai.kale.examples.quickstart;

import ai.kale.error.CorruptFileException;
import ai.kale.error.OperationCancelledException;
import ai.kale.eval.EvaluationResult;
import ai.kale.eval.EvaluationResults;
import ai.kale.examples.console.Folders;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs all cells, several at once, and keeps each result in a file of its own named by all that
 * determines it: a second run takes what is there and does the rest.
 */
final class Experiment {
  private static final int KEY_SHOWN = 12;
  private static final int GRACE_SECONDS = 15;

  private final CellRunner runner;
  private final Path out;
  private final int threads;
  private final long unitsPerCell;

  Experiment(CellRunner runner, Path out, int threads, long unitsPerCell) {
    this.runner = runner;
    this.out = out;
    this.threads = threads;
    this.unitsPerCell = unitsPerCell;
  }

  /** Results in the order of the cells; cells that are the same model are trained once. */
  List<EvaluationResult> run(List<Cell> cells, RunContext context) {
    Path folder = Folders.make(out.resolve("cells"));
    List<String> keys = cells.stream().map(runner::key).toList();
    Map<String, Cell> distinct = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      distinct.putIfAbsent(keys.get(i), cells.get(i));
    }
    long total = unitsPerCell * distinct.size();
    Map<Cell, Long> done = new ConcurrentHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Map<String, Future<EvaluationResult>> futures = new LinkedHashMap<>();
    try {
      distinct.forEach(
          (key, cell) -> {
            Path file = folder.resolve(cell.name() + "-" + key.substring(0, KEY_SHOWN) + ".json");
            RunContext inside =
                new RunContext(p -> report(cell, p, done, total, context), context.cancellation());
            futures.put(key, pool.submit(() -> one(cell, file, inside)));
          });
      List<EvaluationResult> results = new ArrayList<>();
      for (String key : keys) {
        results.add(get(Objects.requireNonNull(futures.get(key))));
      }
      return results;
    } finally {
      futures.values().forEach(future -> future.cancel(false));
      stop(pool);
    }
  }

  /** Lets cells that are writing finish, so that nothing half written is left behind. */
  private static void stop(ExecutorService pool) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static void report(
      Cell cell, Progress progress, Map<Cell, Long> done, long total, RunContext context) {
    done.put(cell, progress.done());
    long sum = done.values().stream().mapToLong(Long::longValue).sum();
    context.progress().onProgress(new Progress("train and test", sum, total, cell.name()));
  }

  private EvaluationResult one(Cell cell, Path file, RunContext context) {
    if (Files.exists(file)) {
      List<EvaluationResult> read = EvaluationResults.read(file);
      if (read.size() != 1) {
        throw new CorruptFileException(
            file + ": holds " + read.size() + " results instead of one; delete it and run again");
      }
      EvaluationResult known = read.get(0);
      context.progress().onProgress(new Progress("known", unitsPerCell, unitsPerCell, cell.name()));
      return known;
    }
    context.cancellation().throwIfCancelled("training");
    Optional<Path> model =
        cell.seed() == 1
            ? Optional.of(out.resolve("models").resolve(stem(file)))
            : Optional.empty();
    EvaluationResult result = runner.run(cell, model, context);
    EvaluationResults.write(file, List.of(result));
    context.progress().onProgress(new Progress("done", unitsPerCell, unitsPerCell, cell.name()));
    return result;
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".json".length());
  }

  private static EvaluationResult get(Future<EvaluationResult> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("interrupted; run again to resume", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
