package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The work on a block of questions: linked with one call, each question searched as a task of its
 * own that any thread may take, and labels looked up with one call by whoever ends the last search.
 * Nobody waits for anybody.
 */
final class GroundingBlock implements Runnable {
  /** What the blocks of one run share. */
  interface Run {
    GroundingSettings settings();

    Provenance provenance();

    /** Whether records are wanted as lines too. */
    boolean asLines();

    /** Runs the searches. */
    Executor executor();

    /** Whether a question before this one has failed, so that this one is not needed any more. */
    boolean isPastFailure(long index);

    void failed(long index);

    void searched();
  }

  private final Run run;
  private final long begin;
  private final List<Question> questions;
  private final @Nullable Draft[] drafts;
  private final @Nullable Throwable[] failures;
  private final AtomicInteger left;
  private final CompletableFuture<BlockResult> result = new CompletableFuture<>();

  /**
   * A block.
   *
   * @param begin place of its first question in the run
   * @param questions at least one
   */
  GroundingBlock(Run run, long begin, List<Question> questions) {
    this.run = run;
    this.begin = begin;
    this.questions = questions;
    this.drafts = new Draft[questions.size()];
    this.failures = new Throwable[questions.size()];
    this.left = new AtomicInteger(questions.size());
  }

  /** Completed with a result, never with an exception. */
  CompletableFuture<BlockResult> result() {
    return result;
  }

  @Override
  public void run() {
    try {
      List<EntityLinker.Links> links = link();
      for (int i = 0; i < questions.size(); i++) {
        int index = i;
        run.executor().execute(() -> search(index, links.get(index)));
      }
    } catch (Throwable e) { // not only exceptions: who waits must be told of everything
      run.failed(begin);
      result.complete(BlockResult.failed(questions.size(), QuestionFailures.of(questions, e)));
    }
  }

  /** A copy, since what a lazy list throws, it throws here. */
  private List<EntityLinker.Links> link() {
    run.settings().context().cancellation().throwIfCancelled("ground");
    EntityLinker linker = run.settings().linker();
    List<EntityLinker.Links> links = List.copyOf(linker.linkAll(run.settings().graph(), questions));
    if (links.size() != questions.size()) {
      throw new SetupException(
          "linker "
              + linker.id()
              + " returned "
              + links.size()
              + " results for "
              + questions.size()
              + " questions; linkAll must return one for each");
    }
    return links;
  }

  /** Throws nothing, and counts whatever happens: the block ends with its last search. */
  private void search(int index, EntityLinker.Links links) {
    try {
      run.settings().context().cancellation().throwIfCancelled("ground");
      if (run.isPastFailure(begin + index)) {
        failures[index] = new OperationCancelledException("not begun: a question before it failed");
      } else {
        drafts[index] = Draft.search(run.settings(), questions.get(index), links);
        run.searched();
      }
    } catch (Throwable e) {
      failures[index] = QuestionFailures.of(questions.get(index), e);
      run.failed(begin + index);
    } finally {
      if (left.decrementAndGet() == 0) {
        finish();
      }
    }
  }

  /** Up to the first failure: a question that failed after its search has no record either. */
  private void finish() {
    List<Draft> sound = new ArrayList<>(drafts.length);
    Throwable failure = null;
    try {
      while (failure == null && sound.size() < drafts.length) {
        failure = failures[sound.size()];
        if (failure == null) {
          sound.add(Objects.requireNonNull(drafts[sound.size()], "neither draft nor failure"));
        }
      }
      result.complete(resolved(sound, failure));
    } catch (Throwable e) {
      run.failed(begin);
      Throwable first = failure == null ? QuestionFailures.of(questions, e) : failure;
      result.complete(BlockResult.failed(questions.size(), first));
    }
  }

  /** Up to the first record that cannot be written. */
  private BlockResult resolved(List<Draft> sound, @Nullable Throwable failure) {
    List<Long> nanos = sound.stream().map(Draft::nanos).toList();
    List<GroundedQuestion> records = records(sound);
    if (!run.asLines()) {
      return new BlockResult(questions.size(), records, List.of(), nanos, failure);
    }
    List<String> lines = new ArrayList<>(records.size());
    for (GroundedQuestion record : records) {
      try {
        lines.add(JsonlFormat.groundedQuestions().toLine(record));
      } catch (RuntimeException e) {
        int kept = lines.size();
        run.failed(begin + kept);
        return new BlockResult(
            questions.size(),
            records.subList(0, kept),
            lines,
            nanos.subList(0, kept),
            QuestionFailures.of(record.question(), e));
      }
    }
    return new BlockResult(questions.size(), records, lines, nanos, failure);
  }

  private List<GroundedQuestion> records(List<Draft> sound) {
    if (sound.isEmpty()) {
      return List.of();
    }
    References references = Draft.lookUp(run.settings().graph(), sound);
    return sound.stream().map(draft -> draft.toRecord(references, run.provenance())).toList();
  }
}
