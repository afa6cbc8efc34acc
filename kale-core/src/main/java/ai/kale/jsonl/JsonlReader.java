package ai.kale.jsonl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSONL file, plain or gzip, one record at a time; blank lines and a byte order mark are
 * allowed, bytes that are not UTF-8 are not. For use by one thread, for one pass. Errors of {@link
 * #next} are those of {@link JsonlFormat#fromLine}.
 *
 * @param <T> the record type
 */
public final class JsonlReader<T> implements Iterator<T>, AutoCloseable {
  /** Makes a record of a line. */
  interface Decoder<T> {
    T decode(ObjectNode node, String source, long line);
  }

  private final Path file;
  private final Lines lines;
  private final Decoder<T> decoder;
  private @Nullable String pending;
  private boolean ended;

  JsonlReader(Path file, Decoder<T> decoder) {
    this.file = file;
    this.decoder = decoder;
    this.lines = Lines.open(file);
  }

  @Override
  public boolean hasNext() {
    if (pending == null && !ended) {
      try {
        pending = lines.next();
      } catch (IOException e) {
        throw TextFiles.failure(file, e);
      }
      ended = pending == null;
    }
    return pending != null;
  }

  @Override
  public T next() {
    if (!hasNext() || pending == null) {
      throw new NoSuchElementException("no more lines in " + file);
    }
    String text = pending;
    pending = null;
    String source = file.toString();
    return decoder.decode(Lines.parse(text, source, lines.number()), source, lines.number());
  }

  /** The 1-based line of the record returned last; 0 before the first. */
  public long line() {
    return lines.number();
  }

  /** The records not read yet; closing the stream closes the file. */
  public Stream<T> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  @Override
  public void close() {
    lines.close();
  }
}
