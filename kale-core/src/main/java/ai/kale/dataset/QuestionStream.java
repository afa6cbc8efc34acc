package ai.kale.dataset;

import ai.kale.data.Question;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The questions of a file or folder, read one at a time in constant memory. For use by one thread,
 * for one pass.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@link ai.kale.error.InvalidInputException} with file
 * and line where the input is wrong, {@link ai.kale.error.SetupException} where it cannot be read
 * and {@link ai.kale.error.CorruptFileException} where its gzip is damaged.
 */
public interface QuestionStream extends Iterator<Question>, AutoCloseable {
  /** The file of the question returned last; that of the first one before there is any. */
  String source();

  /** The 1-based line on which the record of the question returned last begins; 0 before that. */
  long line();

  /**
   * Whether the error thrown last was about one record, so that {@link #hasNext} goes on behind it;
   * by default no error is.
   */
  default boolean canGoOn() {
    return false;
  }

  /** The questions not read yet; closing the stream closes the file. */
  default Stream<Question> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  @Override
  void close();
}
