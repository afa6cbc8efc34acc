package ai.kale.kg.link;

import ai.kale.error.OperationCancelledException;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a teacher many prompts, some at once. Threads are made only for a teacher that blocks. For
 * one use.
 */
final class TeacherReplies {
  private final TeacherModel teacher;
  private final int most;
  private final Semaphore free;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final List<CompletableFuture<Reply>> asked = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param teacher who is asked
   * @param most prompts under way at once
   */
  TeacherReplies(TeacherModel teacher, int most) {
    this.teacher = teacher;
    this.most = most;
    this.free = new Semaphore(most);
  }

  /**
   * The reply to each prompt, in order. After a failure or an interruption nothing new is asked,
   * what is under way is waited for, since it is paid for, and the first failure is thrown.
   */
  List<Reply> of(List<Prompt> prompts) {
    ExecutorService pool = Executors.newFixedThreadPool(most, TeacherReplies::daemon);
    try {
      for (Prompt prompt : prompts) {
        free.acquire();
        if (failed.get()) {
          break;
        }
        asked.add(ask(prompt, pool));
      }
      return results();
    } catch (InterruptedException e) {
      waitForAll();
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(
          "linking by a teacher was interrupted; what was asked before is free next time where the"
              + " teacher has a journal",
          e);
    } finally {
      pool.shutdown();
    }
  }

  private CompletableFuture<Reply> ask(Prompt prompt, Executor pool) {
    CompletableFuture<Reply> reply;
    try {
      reply = teacher.replyAsync(prompt, pool);
    } catch (RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    return reply.whenComplete(
        (text, failure) -> {
          if (failure != null) {
            failed.set(true);
          }
          free.release();
        });
  }

  private void waitForAll() {
    for (CompletableFuture<Reply> reply : asked) {
      reply.handle((text, failure) -> true).join();
    }
  }

  private List<Reply> results() {
    waitForAll();
    try {
      return asked.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(CompletionException failure) {
    Throwable cause = failure.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : failure;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "kale-linking");
    thread.setDaemon(true);
    return thread;
  }
}
