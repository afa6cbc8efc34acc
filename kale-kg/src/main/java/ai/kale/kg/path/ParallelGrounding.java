package ai.kale.kg.path;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.run.RunContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Grounds batches of questions on all cores and hands the results over in input order. */
final class ParallelGrounding {
  private static final int BATCH = 32;
  private static final String STAGE = "extract";
  private final QuestionGrounder grounder;
  private final RunContext context;
  private final long total;
  private final AtomicLong done = new AtomicLong();

  ParallelGrounding(QuestionGrounder grounder, RunContext context, long total) {
    this.grounder = grounder;
    this.context = context;
    this.total = total;
  }

  GroundingSummary run(Iterator<Question> questions, Consumer<GroundedQuestion> sink) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "kale-ground");
              thread.setDaemon(true);
              return thread;
            });
    Deque<Future<List<GroundedQuestion>>> running = new ArrayDeque<>();
    GroundingSummary summary = GroundingSummary.NONE;
    try {
      while (questions.hasNext() || !running.isEmpty()) {
        while (questions.hasNext() && running.size() < 4 * threads) {
          List<Question> batch = take(questions);
          running.add(pool.submit(() -> grounder.groundBatch(batch, this::step)));
        }
        for (GroundedQuestion question : running.remove().get()) {
          summary = summary.plus(question);
          sink.accept(question);
        }
        context.cancellation().throwIfCancelled(STAGE);
      }
      return summary;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException("extract was interrupted; call again", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private void step() {
    context.step(STAGE, done.incrementAndGet(), total);
  }

  private static List<Question> take(Iterator<Question> questions) {
    List<Question> batch = new ArrayList<>(BATCH);
    while (batch.size() < BATCH && questions.hasNext()) {
      batch.add(questions.next());
    }
    return batch;
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("grounding failed", e);
  }
}
