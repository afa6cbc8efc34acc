package ai.kale.train;

import ai.kale.spi.tensor.TensorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets several threads use one model, which serves one at a time. Whoever holds the model serves
 * all who wait with the same limits, itself among them: one batch costs about as much as its
 * longest reply, and what is written for a prompt does not depend on the others.
 */
final class TeacherQueue {
  /** Most prompts written at a time. */
  static final int BATCH = 16;

  private final TensorModel model;
  private final Lock using = new ReentrantLock();
  private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();

  TeacherQueue(TensorModel model) {
    this.model = model;
  }

  /** One prompt; its result is written by the thread that holds the lock, and read under it. */
  private static final class Request {
    private final int[] prompt;
    private final int maxTokens;
    private final int[] stops;
    private int @Nullable [] written;
    private @Nullable RuntimeException failure;

    Request(int[] prompt, int maxTokens, int[] stops) {
      this.prompt = prompt;
      this.maxTokens = maxTokens;
      this.stops = stops;
    }

    boolean isLike(Request other) {
      return maxTokens == other.maxTokens && Arrays.equals(stops, other.stops);
    }
  }

  int[] generate(int[] prompt, int maxTokens, int[] stops) {
    Request own = new Request(prompt, maxTokens, stops);
    waiting.add(own);
    using.lock();
    try {
      if (own.written == null && own.failure == null) {
        serve(own);
      }
      RuntimeException failure = own.failure;
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(own.written, "a request is served or fails");
    } finally {
      using.unlock();
    }
  }

  private void serve(Request own) {
    List<Request> batch = new ArrayList<>(List.of(own));
    waiting.remove(own);
    for (Iterator<Request> i = waiting.iterator(); batch.size() < BATCH && i.hasNext(); ) {
      Request next = i.next();
      if (next.isLike(own)) {
        i.remove();
        batch.add(next);
      }
    }
    try {
      write(batch);
    } catch (RuntimeException e) {
      // One bad prompt must not cost the others their replies.
      batch.forEach(this::writeAlone);
    }
  }

  private void writeAlone(Request request) {
    try {
      write(List.of(request));
    } catch (RuntimeException e) {
      request.failure = e;
    }
  }

  private void write(List<Request> batch) {
    Request first = batch.get(0);
    List<int[]> prompts = batch.stream().map(request -> request.prompt).toList();
    List<int[]> written = model.generate(prompts, first.maxTokens, first.stops);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).written = written.get(i);
    }
  }
}
