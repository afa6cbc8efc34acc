package ai.kale.jsonl;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSONL form of one record type: one object a line, UTF-8, fields in a fixed order, {@code
 * "kale"} first with type and version such as {@code "question/1"}. Fields this version does not
 * know are kept in the record's {@code extra} and written back, at the end of their object and in
 * their order; numbers keep their digits (as {@code Long}, {@code BigInteger} or {@code
 * BigDecimal}). Inside entities, relations, steps, reports and provenance, which have no {@code
 * extra}, an unknown field is refused rather than lost.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @param <T> the record type
 */
public final class JsonlFormat<T> {
  static final String HEADER = "kale";

  private static final JsonlFormat<Question> QUESTION =
      new JsonlFormat<>("question", 1, new QuestionCodec());
  private static final JsonlFormat<GroundedQuestion> GROUNDED =
      new JsonlFormat<>("grounded-question", 1, new GroundedCodec());
  private static final JsonlFormat<RationalizedQuestion> RATIONALIZED =
      new JsonlFormat<>("rationalized-question", 1, new RationalizedCodec());

  private final String type;
  private final int version;
  private final Codec<T> codec;

  private JsonlFormat(String type, int version, Codec<T> codec) {
    this.type = type;
    this.version = version;
    this.codec = codec;
  }

  /** The form {@code question/1}. */
  public static JsonlFormat<Question> questions() {
    return QUESTION;
  }

  /** The form {@code grounded-question/1}. */
  public static JsonlFormat<GroundedQuestion> groundedQuestions() {
    return GROUNDED;
  }

  /** The form {@code rationalized-question/1}. */
  public static JsonlFormat<RationalizedQuestion> rationalizedQuestions() {
    return RATIONALIZED;
  }

  /** Type and version, as in the field {@code "kale"}: for example {@code "question/1"}. */
  public String header() {
    return type + "/" + version;
  }

  /**
   * One record as a line.
   *
   * @param value the record
   * @return JSON without a line break
   * @throws IllegalArgumentException if {@code extra} holds something that is not JSON, or a field
   *     with the name of one of the format's
   */
  public String toLine(T value) {
    ObjectNode node = Json.MAPPER.createObjectNode().put(HEADER, header());
    codec.encode(value, node);
    return Json.line(node);
  }

  /**
   * One line as a record.
   *
   * @param text the line
   * @param source file or other origin, for messages
   * @param line 1-based number, for messages
   * @return the record
   * @throws InvalidInputException if the line is not JSON, or a field is missing or of a wrong
   *     type; the message names the field, as in {@code paths[2].steps[0].relation.id}
   * @throws CorruptFileException if the line is of a newer version
   */
  public T fromLine(String text, String source, long line) {
    return decode(Lines.parse(text, source, line), source, line);
  }

  T decode(ObjectNode node, String source, long line) {
    Fields fields = new Fields(node, source, line, "");
    checkHeader(fields.text(HEADER), source, line);
    return codec.decode(fields);
  }

  private void checkHeader(String found, String source, long line) {
    if (found.equals(header())) {
      return;
    }
    int slash = found.lastIndexOf('/');
    String foundType = slash < 0 ? found : found.substring(0, slash);
    String foundVersion = slash < 0 ? "" : found.substring(slash + 1);
    if (!foundType.equals(type)) {
      throw new InvalidInputException(
          source, line, "kale is \"" + found + "\" but \"" + header() + "\" is read here");
    }
    if (!foundVersion.matches("[1-9][0-9]{0,8}")) {
      throw new InvalidInputException(
          source, line, "kale is \"" + found + "\", which is no version; write " + header());
    }
    throw new CorruptFileException(
        source
            + ":"
            + line
            + ": the form "
            + found
            + " is newer than "
            + header()
            + ", the newest known here; use a newer ai.kale release to read it");
  }

  /**
   * Opens a file for reading one record at a time, in constant memory.
   *
   * @param file a file in this form
   * @return the reader; close it
   * @throws SetupException if the file cannot be opened
   */
  public JsonlReader<T> open(Path file) {
    return new JsonlReader<>(file, this::decode);
  }

  /**
   * Streams a file in constant memory.
   *
   * @param file a file in this form
   * @return the records in order; close the stream
   * @throws SetupException if the file cannot be opened; while streaming, as {@link #fromLine}
   */
  public Stream<T> stream(Path file) {
    return open(file).stream();
  }

  /**
   * Reads a whole file.
   *
   * @param file a file in this form
   * @return the records in order
   * @throws SetupException if the file cannot be read
   * @throws InvalidInputException if a line is wrong, as {@link #fromLine}
   * @throws CorruptFileException if a line is of a newer version
   */
  public List<T> readAll(Path file) {
    try (Stream<T> records = stream(file)) {
      return records.toList();
    }
  }

  /**
   * Writes a file whole or not at all, one record at a time.
   *
   * @param file target; replaced if there
   * @param values the records
   * @throws SetupException if the file cannot be written
   */
  public void write(Path file, Iterable<? extends T> values) {
    AtomicFiles.write(
        file,
        out -> {
          for (T value : values) {
            out.write((toLine(value) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /**
   * Opens a file for adding records at its end; a file that is not there is made. A record is
   * durable after {@link JsonlWriter#flush}. If the last line has no line break it gets one.
   *
   * @param file target
   * @return the writer; close it
   * @throws CorruptFileException if the last line was cut short, with its number
   * @throws SetupException if the file cannot be opened
   */
  public JsonlWriter<T> append(Path file) {
    return new JsonlWriter<>(file, this);
  }
}
