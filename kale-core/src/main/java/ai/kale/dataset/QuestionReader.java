package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads questions of one format. {@link QuestionFormats} has the known ones; implement {@link
 * #open} for your own. Immutable and safe for use by several threads.
 */
public interface QuestionReader {
  /**
   * Opens a file for reading one question at a time, in constant memory; ids are not compared.
   *
   * @param file the file, plain or gzip; a folder where the format says so
   * @return its questions; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  QuestionStream open(Path file);

  /**
   * The same without the records that are wrong; by default the first of them ends the reading. An
   * id that comes twice is still an error of {@link #read}.
   *
   * @param bad how many may be left out; has their number and the first reasons afterwards
   * @return a new reader
   */
  default QuestionReader withBadRecords(BadRecords bad) {
    return file -> new SkippingStream(open(file), bad);
  }

  /**
   * Reads a file into memory.
   *
   * @param file as {@link #open} takes it
   * @return the questions in order, ids distinct, at least one
   * @throws InvalidInputException if the input is wrong, an id comes twice, or there is no
   *     question; with file and line
   * @throws ai.kale.error.SetupException if the file cannot be read
   */
  default List<Question> read(Path file) {
    Map<String, String> places = new HashMap<>();
    List<Question> questions = new ArrayList<>();
    try (QuestionStream stream = open(file)) {
      while (stream.hasNext()) {
        Question question = stream.next();
        String earlier = places.putIfAbsent(question.id(), stream.source() + ":" + stream.line());
        if (earlier != null) {
          throw new InvalidInputException(
              stream.source(),
              stream.line(),
              "id '" + question.id() + "' is that of " + earlier + " too; ids must be distinct");
        }
        questions.add(question);
      }
    }
    if (questions.isEmpty()) {
      throw new InvalidInputException(file.toString(), 0, "there is no question in it");
    }
    return List.copyOf(questions);
  }
}
