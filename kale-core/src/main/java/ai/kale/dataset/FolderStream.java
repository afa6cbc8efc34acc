package ai.kale.dataset;

import ai.kale.data.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a folder one after the other; one is open at a time. */
final class FolderStream implements QuestionStream {
  private final List<Path> files;
  private final Function<Path, QuestionStream> opener;
  private int opened;
  private @Nullable QuestionStream current;
  private String source;
  private long line;

  FolderStream(List<Path> files, Function<Path, QuestionStream> opener) {
    this.files = files;
    this.opener = opener;
    this.source = files.get(0).toString();
  }

  @Override
  public boolean hasNext() {
    while (current == null || !current.hasNext()) {
      close();
      if (opened == files.size()) {
        return false;
      }
      current = opener.apply(files.get(opened++));
    }
    return true;
  }

  @Override
  public Question next() {
    if (!hasNext() || current == null) {
      throw new NoSuchElementException("no more questions in the folder");
    }
    Question question = current.next();
    source = current.source();
    line = current.line();
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
    return current != null && current.canGoOn();
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
