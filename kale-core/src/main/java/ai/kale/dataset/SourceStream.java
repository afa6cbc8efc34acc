package ai.kale.dataset;

import ai.kale.data.Question;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The part of a stream that all formats share: records with one or more questions each. */
abstract class SourceStream implements QuestionStream {
  private final Queue<Question> ready = new ArrayDeque<>();
  private long pendingLine;
  private long line;
  private boolean ended;
  private boolean inRecord;

  /** The questions of the next record; empty at the end of the file only. */
  abstract List<Question> more();

  /** The line on which the record that {@link #more} returned last begins. */
  abstract long position();

  @Override
  public final boolean hasNext() {
    if (ready.isEmpty() && !ended) {
      ready.addAll(more());
      pendingLine = position();
      ended = ready.isEmpty();
    }
    return !ready.isEmpty();
  }

  @Override
  public final Question next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more questions in " + source());
    }
    line = pendingLine;
    return ready.remove();
  }

  @Override
  public final long line() {
    return line;
  }

  /** Told by {@link #more} whether what fails from here on is one record only, and is behind us. */
  final void inRecord(boolean oneRecordOnly) {
    inRecord = oneRecordOnly;
  }

  @Override
  public final boolean canGoOn() {
    return inRecord;
  }
}
