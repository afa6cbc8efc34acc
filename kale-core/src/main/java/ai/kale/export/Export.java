package ai.kale.export;

import ai.kale.data.RationalizedQuestion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A form of training data that other tools read: JSONL, one row for each question. An
 * implementation says what is in a row; writing is the same for all. Implementations are immutable.
 */
public interface Export {
  /** A short name, for example {@code "alpaca"}. */
  String format();

  /**
   * The columns of a row, in order.
   *
   * @param row a question with its rationale
   * @return column to value: texts, and lists and maps of them
   * @throws ai.kale.error.InvalidInputException if the question cannot be written in this form;
   *     {@link #write} adds its id
   */
  Map<String, Object> row(RationalizedQuestion row);

  /** How LLaMA-Factory reads this form; empty where it cannot. */
  default Optional<LlamaFactoryLayout> llamaFactory() {
    return Optional.empty();
  }

  /**
   * Writes a file whole or not at all, row by row: the rows are not kept in memory.
   *
   * @param file target; replaced if there
   * @param rows training data
   * @return what was written
   * @throws ai.kale.error.InvalidInputException naming the question, if a row cannot be written: no
   *     answer, an empty prompt or target, half a surrogate pair; or if there are no rows
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  default ExportedFile write(Path file, Iterable<RationalizedQuestion> rows) {
    return ExportWriter.write(this, file, rows.iterator());
  }

  /**
   * Writes a file from a stream, and closes the stream.
   *
   * @param file target; replaced if there
   * @param rows training data
   * @return what was written
   * @throws ai.kale.error.InvalidInputException as the other
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  default ExportedFile write(Path file, Stream<RationalizedQuestion> rows) {
    try (rows) {
      return ExportWriter.write(this, file, rows.iterator());
    }
  }
}
