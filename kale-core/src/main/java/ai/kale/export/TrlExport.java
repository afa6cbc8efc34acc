package ai.kale.export;

import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Writes training data for TRL, for training on more machines than this library drives: JSONL with
 * the columns {@code prompt}, {@code completion} and {@code privileged_context} (the rationale,
 * which only the teacher reads), and {@code id} to find a row again. In the conversational form
 * prompt and completion are lists with one message each.
 *
 * <p>Immutable; each {@code with…} returns a new object.
 */
public final class TrlExport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final boolean conversational;
  private final Function<Question, String> prompt;

  private TrlExport(boolean conversational, Function<Question, String> prompt) {
    this.conversational = conversational;
    this.prompt = prompt;
  }

  /** The plain form: strings. */
  public static TrlExport plain() {
    return new TrlExport(false, TrlExport::defaultPrompt);
  }

  /** The conversational form: messages with role and content. */
  public static TrlExport conversational() {
    return new TrlExport(true, TrlExport::defaultPrompt);
  }

  /**
   * The same with another prompt.
   *
   * @param newPrompt makes the prompt of a question; by default its text, then its options, one a
   *     line
   * @return a new export
   */
  public TrlExport withPrompt(Function<Question, String> newPrompt) {
    return new TrlExport(conversational, newPrompt);
  }

  /**
   * Writes a file whole or not at all.
   *
   * @param file target; replaced if there
   * @param rows training data
   * @throws InvalidInputException if there are no rows, or a question has no answer
   * @throws ai.kale.error.SetupException if the file cannot be written
   */
  public void write(Path file, List<RationalizedQuestion> rows) {
    if (rows.isEmpty()) {
      throw new InvalidInputException("there is no row to export to " + file);
    }
    AtomicFiles.write(
        file,
        out -> {
          for (RationalizedQuestion row : rows) {
            String line = MAPPER.writeValueAsString(toNode(row)) + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private ObjectNode toNode(RationalizedQuestion row) {
    Question question = row.question();
    if (question.answers().isEmpty()) {
      throw new InvalidInputException(
          "question " + question.id() + " has no answer to train on; give it one, or leave it out");
    }
    ObjectNode node = MAPPER.createObjectNode();
    put(node, "prompt", "user", prompt.apply(question));
    put(node, "completion", "assistant", question.answer());
    return node.put("privileged_context", row.rationale().text()).put("id", question.id());
  }

  private void put(ObjectNode node, String column, String role, String text) {
    if (conversational) {
      node.putArray(column).addObject().put("role", role).put("content", text);
    } else {
      node.put(column, text);
    }
  }

  private static String defaultPrompt(Question question) {
    StringBuilder text = new StringBuilder(question.text());
    question.choices().forEach(choice -> text.append('\n').append("- ").append(choice));
    return text.toString();
  }
}
