package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A stream without the records that are wrong. */
final class SkippingStream implements QuestionStream {
  private final QuestionStream all;
  private final BadRecords bad;
  private @Nullable Question pending;
  private String source;
  private long line;

  SkippingStream(QuestionStream all, BadRecords bad) {
    this.all = all;
    this.bad = bad;
    this.source = all.source();
  }

  @Override
  public boolean hasNext() {
    while (pending == null) {
      try {
        if (!all.hasNext()) {
          return false;
        }
        pending = all.next();
      } catch (InvalidInputException e) {
        if (!all.canGoOn()) {
          throw e;
        }
        bad.add(e);
      }
    }
    return true;
  }

  @Override
  public Question next() {
    if (!hasNext() || pending == null) {
      throw new NoSuchElementException("no more questions in " + source);
    }
    Question question = pending;
    pending = null;
    source = all.source();
    line = all.line();
    return question;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public boolean canGoOn() {
    return all.canGoOn();
  }

  @Override
  public void close() {
    all.close();
  }
}
