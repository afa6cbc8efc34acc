package ai.kale.teacher;

import ai.kale.error.OperationCancelledException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A teacher that can be relied on, around one that makes a single attempt: it looks replies up in a
 * journal, keeps a budget and a rate limit, retries what may pass, and journals every reply before
 * anybody sees it. It is the only one that retries or waits.
 *
 * <p>In this order: a reply of the journal is free and at once; a prompt that is under way already
 * is not sent twice; then the most that the request can cost is set aside, the rate limit is waited
 * for, and one attempt made. If it fails and {@link RetryPolicy} says so, the request comes again
 * after a while, with its costs set aside anew. A service that says how long to wait stops all
 * requests for so long, or fails them at once if that is longer than the deadline of the policy.
 * Failed attempts whose bill is not known count with all that was set aside.
 *
 * <p>No thread is held while a request waits, if the teacher is {@link
 * TeacherCapability#NON_BLOCKING}; else one for each request that is under way. Safe for use by
 * several threads.
 */
public final class ManagedTeacher implements TeacherModel, AutoCloseable {
  private final TeacherModel teacher;
  private final String id;
  private final Optional<ReplyJournal> journal;
  private final RequestTools tools;
  private final Map<String, TeacherRequest> underWay = new ConcurrentHashMap<>();
  private final TeacherRequest.Owner owner =
      new TeacherRequest.Owner() {
        @Override
        public void ended(TeacherRequest request) {
          underWay.remove(request.key(), request);
        }

        @Override
        public void failWaiting(RuntimeException reason) {
          ManagedTeacher.this.failWaiting(reason);
        }
      };

  ManagedTeacher(ManagedTeacherBuilder settings) {
    this.teacher = settings.teacher();
    this.id = teacher.id();
    this.journal = settings.journal();
    this.tools = new RequestTools(settings);
  }

  /**
   * Starts with a teacher; everything else has a default.
   *
   * @param teacher makes single attempts
   * @return a builder
   */
  public static ManagedTeacherBuilder builder(TeacherModel teacher) {
    return new ManagedTeacherBuilder(teacher);
  }

  @Override
  public String id() {
    return id;
  }

  /** Those of the teacher inside, and {@link TeacherCapability#NON_BLOCKING}. */
  @Override
  public Set<TeacherCapability> capabilities() {
    Set<TeacherCapability> all = EnumSet.of(TeacherCapability.NON_BLOCKING);
    all.addAll(teacher.capabilities());
    return Set.copyOf(all);
  }

  /**
   * Writes one reply and waits for it, with all retries.
   *
   * @param prompt what to write about
   * @return the reply, durable in the journal if there is one
   * @throws ai.kale.error.TransientFailureException if it failed as often as the policy allows
   * @throws ai.kale.error.InvalidInputException if this prompt is refused
   * @throws ai.kale.error.SetupException if no request can succeed, or the journal cannot be
   *     written
   * @throws ai.kale.error.BudgetReachedException if it does not fit the budget
   * @throws OperationCancelledException if the teacher is closed, or the thread interrupted: at
   *     once. A request that was not sent is not sent any more, unless somebody else waits for it;
   *     one under way ends by itself and is journalled
   */
  @Override
  public Reply reply(Prompt prompt) {
    TeacherRequest request = request(prompt);
    try {
      return request.result().get();
    } catch (ExecutionException e) {
      throw Failures.of(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      OperationCancelledException cancelled =
          new OperationCancelledException(
              "the thread was interrupted while it waited for a reply; one that is under way ends by"
                  + " itself, and goes into the journal if there is one",
              e);
      request.leave(cancelled);
      throw cancelled;
    }
  }

  /**
   * Writes one reply, with all retries. What follows the reply runs on a thread of this teacher, of
   * which there are few: go elsewhere, with {@code thenApplyAsync}, to block or to compute for
   * long.
   *
   * @param prompt what to write about
   * @param executor not used: this teacher has threads of its own
   * @return completes as {@link #reply} does; cancelling it does not stop the request
   */
  @Override
  public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
    return request(prompt).result().copy();
  }

  private TeacherRequest request(Prompt prompt) {
    String key = ReplyJournal.key(id, prompt);
    TeacherRequest request = new TeacherRequest(key, prompt, tools, owner);
    Optional<Reply> known = journalled(key);
    if (known.isPresent()) {
      request.complete(known.get());
      return request;
    }
    while (true) {
      TeacherRequest earlier = underWay.putIfAbsent(key, request);
      if (earlier == null) {
        break;
      } else if (earlier.join()) {
        return earlier;
      }
      underWay.remove(key, earlier); // it was given up by all who waited for it
    }
    // It may have ended between the two looks: its reply is in the journal before it is forgotten.
    known = journalled(key);
    if (known.isPresent()) {
      request.complete(known.get());
    } else {
      request.begin();
    }
    return request;
  }

  private Optional<Reply> journalled(String key) {
    Optional<Reply> known = journal.flatMap(open -> open.get(key));
    known.ifPresent(reply -> tools.meter().replayed(key, reply));
    return known;
  }

  /**
   * Whether a reply is in the journal, so that asking is free.
   *
   * @param prompt what would be asked
   */
  public boolean isJournalled(Prompt prompt) {
    return journal.isPresent() && journal.get().get(ReplyJournal.key(id, prompt)).isPresent();
  }

  /** What was done so far. */
  public TeacherUsage usage() {
    return tools.meter().usage();
  }

  /**
   * Sends nothing more. What waits to be sent fails; what is under way ends, is journalled and is
   * given to who asked.
   *
   * @param reason what waiting requests, and those asked from now on, fail with
   */
  public void stop(RuntimeException reason) {
    tools.stop(reason);
    failWaiting(reason);
  }

  private void failWaiting(RuntimeException reason) {
    for (TeacherRequest request : List.copyOf(underWay.values())) {
      request.failIfWaiting(reason);
    }
  }

  /**
   * Why nothing is sent for now: the service asked to wait for longer than {@link
   * RetryPolicy#deadline}. Until that time is over every request fails with this, at once; then
   * requests are sent again.
   *
   * @return empty if requests are sent
   */
  public Optional<TransientFailureException> longPause() {
    return tools.longPause();
  }

  /**
   * Stops as {@link #stop} does, waits for what is under way, which is paid for, and ends the
   * threads. The journal stays open.
   */
  @Override
  public void close() {
    stop(new OperationCancelledException("the teacher was closed before the request was sent"));
    for (TeacherRequest request : List.copyOf(underWay.values())) {
      request.result().handle((reply, failure) -> true).join();
    }
    tools.close();
  }

  @Override
  public String toString() {
    return "ManagedTeacher[" + id + "]";
  }

  /** Turns what a future fails with into what is thrown. */
  static final class Failures {
    private Failures() {}

    /** What is behind the wrappings of a future; never null. */
    static Throwable cause(@Nullable Throwable thrown) {
      Throwable cause = thrown;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause == null ? new IllegalStateException("a teacher gave no reply: null") : cause;
    }

    static RuntimeException of(@Nullable Throwable thrown) {
      Throwable cause = cause(thrown);
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof TimeoutException) {
        return new TransientFailureException("the teacher did not reply in time", cause);
      }
      return cause instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("a teacher failed in a way it may not", cause);
    }
  }
}
