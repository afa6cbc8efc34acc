package ai.kale.ground;

import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.run.Progress;
import ai.kale.run.WorkStealing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Grounds questions as they come from an iterator, block by block, and hands the results over in
 * order. The calling thread reads, waits and hands over; the blocks and the questions in them run
 * on a work-stealing pool, or in the calling thread if one thread is asked for.
 */
final class GroundingPipeline implements GroundingBlock.Run {
  private static final long LOOK_EVERY_MS = 20;

  private final GroundingSettings settings;
  private final Provenance provenance;
  private final boolean asLines;
  private final int mostInFlight;
  private final AtomicLong done;
  private final long total;
  private final AtomicLong firstFailure = new AtomicLong(Long.MAX_VALUE);
  private final Deque<GroundingBlock> inFlight = new ArrayDeque<>();
  private Executor executor = Runnable::run;
  private @Nullable RuntimeException unreadable;
  private long read;

  /**
   * A pipeline for one call of {@link #run}.
   *
   * @param provenance the facts of all records
   * @param asLines whether records are wanted as lines too; they are made by the pool
   * @param mostInFlight most blocks that are begun and not handed over
   * @param done questions done before, for progress
   * @param total questions in all, or -1
   */
  GroundingPipeline(
      GroundingSettings settings,
      Provenance provenance,
      boolean asLines,
      int mostInFlight,
      long done,
      long total) {
    this.settings = settings;
    this.provenance = provenance;
    this.asLines = asLines;
    this.mostInFlight = settings.threads() == 1 ? 1 : mostInFlight;
    this.done = new AtomicLong(done);
    this.total = total;
  }

  /**
   * Grounds all questions. On the first failure, in their order, all before it are still handed
   * over, and the failure is thrown. On a cancel, all finished blocks are handed over up to the
   * first that is not.
   *
   * @param questions read by the calling thread
   * @param sink given the results in order, by the calling thread
   */
  void run(Iterator<Question> questions, Consumer<BlockResult> sink) {
    if (settings.threads() == 1) {
      work(questions, sink);
      return;
    }
    try (WorkStealing pool = WorkStealing.start(settings.threads())) {
      executor = pool;
      work(questions, sink);
    } catch (OperationCancelledException e) {
      // Here the pool has ended.
      handOverFinished(sink);
      throw e;
    }
  }

  private void work(Iterator<Question> questions, Consumer<BlockResult> sink) {
    while (true) {
      begin(questions);
      GroundingBlock head = inFlight.peek();
      if (head == null) {
        break;
      }
      BlockResult result = await(head);
      inFlight.remove();
      handOver(result, sink);
    }
    if (unreadable != null) {
      throw unreadable;
    }
    if (firstFailure.get() != Long.MAX_VALUE) {
      throw new IllegalStateException(
          "question " + firstFailure.get() + " failed, but nobody knows why");
    }
  }

  /** Begins blocks while there are questions and room. */
  private void begin(Iterator<Question> questions) {
    while (inFlight.size() < mostInFlight
        && unreadable == null
        && firstFailure.get() == Long.MAX_VALUE) {
      settings.context().cancellation().throwIfCancelled("ground");
      List<Question> block = next(questions);
      if (block.isEmpty()) {
        return;
      }
      GroundingBlock begun = new GroundingBlock(this, read - block.size(), block);
      inFlight.add(begun);
      executor.execute(begun);
    }
  }

  /** The next questions; what cannot be read is thrown after the questions before it are done. */
  private List<Question> next(Iterator<Question> questions) {
    List<Question> block = new ArrayList<>(QuestionGrounder.BLOCK);
    try {
      while (block.size() < QuestionGrounder.BLOCK && questions.hasNext()) {
        block.add(questions.next());
      }
    } catch (RuntimeException e) {
      unreadable = e;
    }
    read += block.size();
    return block;
  }

  private BlockResult await(GroundingBlock block) {
    while (true) {
      try {
        return block.result().get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        settings.context().cancellation().throwIfCancelled("ground");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        settings.context().cancellation().throwIfCancelled("ground");
      } catch (ExecutionException e) {
        throw new IllegalStateException("a block of questions failed", e);
      }
    }
  }

  private void handOver(BlockResult result, Consumer<BlockResult> sink) {
    sink.accept(result);
    if (result.failure() != null) {
      inFlight.clear();
    }
    if (result.failure() instanceof Error e) {
      throw e;
    } else if (result.failure() instanceof RuntimeException e) {
      throw e;
    } else if (result.failure() != null) {
      throw new IllegalStateException("questions failed", result.failure());
    }
  }

  /** After the pool has ended: what is done is done, what is not will not be. */
  private void handOverFinished(Consumer<BlockResult> sink) {
    for (GroundingBlock block : inFlight) {
      @Nullable BlockResult result = block.result().getNow(null);
      if (result == null) {
        return;
      }
      sink.accept(result);
      if (result.failure() != null) {
        return;
      }
    }
  }

  @Override
  public GroundingSettings settings() {
    return settings;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public boolean asLines() {
    return asLines;
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public boolean isPastFailure(long index) {
    return index > firstFailure.get();
  }

  @Override
  public void failed(long index) {
    firstFailure.accumulateAndGet(index, Math::min);
  }

  @Override
  public void searched() {
    settings
        .context()
        .progress()
        .onProgress(new Progress("ground", done.incrementAndGet(), total, ""));
  }
}
