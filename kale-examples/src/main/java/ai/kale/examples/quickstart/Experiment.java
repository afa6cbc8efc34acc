package ai.kale.examples.quickstart;

import ai.kale.error.OperationCancelledException;
import ai.kale.eval.EvaluationResult;
import ai.kale.eval.EvaluationResults;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs all cells, several at once, and keeps each result in a file of its own named by all that
 * determines it: a second run takes what is there and does the rest.
 */
final class Experiment {
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

  /** Results in the order of the cells. */
  List<EvaluationResult> run(List<Cell> cells, RunContext context) {
    Map<Cell, Path> files = new LinkedHashMap<>();
    Path folder = Folders.make(out.resolve("cells"));
    for (Cell cell : cells) {
      String key = runner.key(cell);
      files.put(cell, folder.resolve(cell.name() + "-" + key.substring(0, 12) + ".json"));
    }
    Map<Cell, Long> done = new ConcurrentHashMap<>();
    AtomicLong total = new AtomicLong(unitsPerCell * cells.size());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<EvaluationResult>> futures = new ArrayList<>();
      for (Cell cell : cells) {
        Path file = files.getOrDefault(cell, out);
        RunContext inside =
            new RunContext(
                p -> {
                  done.put(cell, p.done());
                  long sum = done.values().stream().mapToLong(Long::longValue).sum();
                  context
                      .progress()
                      .onProgress(new Progress("train and test", sum, total.get(), cell.name()));
                },
                context.cancellation());
        futures.add(pool.submit(() -> one(cell, file, inside)));
      }
      List<EvaluationResult> results = new ArrayList<>();
      for (Future<EvaluationResult> future : futures) {
        results.add(get(future));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private EvaluationResult one(Cell cell, Path file, RunContext context) {
    if (Files.exists(file)) {
      EvaluationResult known = EvaluationResults.read(file).get(0);
      context.progress().onProgress(new Progress("known", unitsPerCell, unitsPerCell, cell.name()));
      return known;
    }
    context.cancellation().throwIfCancelled("training");
    Optional<Path> model =
        cell.seed() == 1
            ? Optional.of(out.resolve("models").resolve(cell.name()))
            : Optional.empty();
    EvaluationResult result = runner.run(cell, model, context);
    EvaluationResults.write(file, List.of(result));
    context.progress().onProgress(new Progress("done", unitsPerCell, unitsPerCell, cell.name()));
    return result;
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
