package ai.kale.jsonl;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads question files, this library's own ({@code "kale":"question/1"}) or plain ones as people
 * have them:
 *
 * <pre>{@code
 * {"question": "Which currency ...?", "answers": ["Polish zloty"]}
 * {"question": "Who ...?", "answer": "Ada", "id": 7, "choices": ["Ada", "Bob"], "topics": ["Q1"]}
 * }</pre>
 *
 * <p>A line without the field {@code "kale"} is plain. There {@code question} is required; {@code
 * answers} (a list) or {@code answer} (one) may be absent where the answer is unknown, but a blank
 * one is an error; {@code id} is {@code NAME-N}, the file's name without its ending and the line,
 * where absent; {@code instruction}, {@code passage}, {@code choices}, {@code topics} and {@code
 * group} are optional; numbers and booleans are taken as text; every other field is kept in {@code
 * extra}, but {@code text}, the name of the question in this library's own form, is refused.
 *
 * <p>{@code spans} marks entities in the question: a list of {@code [start, end]} or {@code
 * {"start": …, "end": …, "entity": …}}, counted in Unicode code points from 0, the end exclusive.
 * Each becomes a topic, after those of {@code topics}: its {@code entity} where there is one, else
 * the text it covers. The spans are kept in {@code extra}.
 */
public final class QuestionFiles {
  private QuestionFiles() {}

  /**
   * Reads a question file into memory.
   *
   * @param file JSONL in UTF-8
   * @return the questions in order, ids distinct
   * @throws InvalidInputException if a line is wrong, an id comes twice, or there is no question;
   *     with file, line and field
   * @throws ai.kale.error.CorruptFileException if a line is of a newer version
   * @throws ai.kale.error.SetupException if the file cannot be read
   */
  public static List<Question> read(Path file) {
    Map<String, Long> seen = new HashMap<>();
    try (JsonlReader<Question> reader = open(file)) {
      List<Question> questions =
          reader.stream().peek(question -> checkId(question, seen, file, reader.line())).toList();
      if (questions.isEmpty()) {
        throw new InvalidInputException(
            file.toString(), 0, "there is no question in the file; write one object a line");
      }
      return questions;
    }
  }

  /**
   * Opens a question file for reading one question at a time, in constant memory; ids are not
   * compared.
   *
   * @param file JSONL in UTF-8
   * @return the reader; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened
   */
  public static JsonlReader<Question> open(Path file) {
    String name = name(file);
    return new JsonlReader<>(file, (node, source, line) -> decode(node, source, line, name));
  }

  /**
   * What questions without ids are called by, before their number.
   *
   * @param file any file
   * @return its name without {@code .gz} and the ending before it
   */
  public static String name(Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    int dot = plain.lastIndexOf('.');
    return dot > 0 ? plain.substring(0, dot) : plain;
  }

  private static Question decode(ObjectNode node, String source, long line, String name) {
    return node.has(JsonlFormat.HEADER)
        ? JsonlFormat.questions().decode(node, source, line)
        : plain(new Fields(node, source, line, ""), name + "-" + line);
  }

  private static Question plain(Fields fields, String otherwise) {
    String text = fields.text("question");
    if (text.isBlank()) {
      throw fields.problem("question", "is blank; write the question");
    }
    if (fields.has("text")) {
      throw fields.problem(
          "text", "is given beside question and could not be kept; rename it, or keep one");
    }
    if (fields.has("answer") && fields.has("answers")) {
      throw fields.problem("answer", "and answers are both given; keep one");
    }
    String id = fields.has("id") ? fields.looseText("id") : otherwise;
    List<String> topics = new ArrayList<>(loose(fields, "topics"));
    Spans.topics(fields, text).stream().filter(t -> !topics.contains(t)).forEach(topics::add);
    return new Question(
        id,
        text,
        fields.textOr("instruction", ""),
        fields.textOr("passage", ""),
        answers(fields),
        loose(fields, "choices"),
        topics,
        fields.has("group") ? fields.looseText("group") : id,
        fields.rest());
  }

  private static List<String> answers(Fields fields) {
    boolean one = fields.has("answer");
    List<String> answers = one ? List.of(fields.looseText("answer")) : loose(fields, "answers");
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).isBlank()) {
        throw fields.problem(
            one ? "answer" : "answers[" + i + "]",
            "is blank; write the answer, or leave it out where it is unknown");
      }
    }
    return answers;
  }

  private static List<String> loose(Fields fields, String name) {
    return fields.has(name) ? fields.looseTexts(name) : List.of();
  }

  private static void checkId(Question question, Map<String, Long> seen, Path file, long line) {
    Long earlier = seen.putIfAbsent(question.id(), line);
    if (earlier != null) {
      throw new InvalidInputException(
          file.toString(),
          line,
          "id '" + question.id() + "' is that of line " + earlier + " too; ids must be distinct");
    }
  }
}
