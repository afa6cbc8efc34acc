package ai.kale.kg.link;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.rationale.UntrustedLabels;
import ai.kale.run.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a teacher is told when it names the entities of a question: a system part and a user part,
 * kept in one text with a line of {@code ---} between. The user part has the place {@code
 * {question}}, where the question comes cleaned, quoted and escaped by {@link UntrustedLabels}.
 */
public final class EntityPrompt {
  private static final UntrustedLabels TEXTS = new UntrustedLabels(4000);
  private static final String PLACE = "{question}";

  private final String version;
  private final String text;
  private final List<String> parts;

  private EntityPrompt(String version, String text) {
    this.version = version;
    this.text = text;
    this.parts = List.of(text.split("\n---\n"));
    if (parts.size() != 2 || !parts.get(1).contains(PLACE)) {
      throw new InvalidInputException(
          "prompt " + version,
          0,
          "needs two parts with a line of --- between (system, user) and, in the second, the place "
              + PLACE);
    }
  }

  /** The prompt {@code entities-v1}. */
  public static EntityPrompt standard() {
    String name = "prompts/entities-v1.txt";
    try (InputStream in = EntityPrompt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new SetupException(
            "resource " + name + " is not in the kale-kg jar; was it repackaged?");
      }
      return of("entities-v1", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SetupException("cannot read resource " + name + " (" + e + ")", e);
    }
  }

  /**
   * A prompt of one's own. It should ask for names as they stand in the question, one on each line
   * or as a JSON array of strings, and for {@code NONE} where there is none.
   *
   * @param version a name for provenance; changes whenever the text does
   * @param text two parts with a line of {@code ---} between
   * @return the prompt
   * @throws InvalidInputException if a part or the place is missing
   */
  public static EntityPrompt of(String version, String text) {
    return new EntityPrompt(version, text.replace("\r\n", "\n"));
  }

  /** Its name. */
  public String version() {
    return version;
  }

  /** The beginning of the hash of its text: {@code "sha256:"} and 16 hex digits. */
  public String hash() {
    return "sha256:" + Hashes.sha256(text).substring(0, 16);
  }

  /** The system part. */
  public String system() {
    return parts.get(0).strip();
  }

  /**
   * The user part for a question; its text only, never its answers.
   *
   * @param question the question
   * @return the text
   */
  public String user(Question question) {
    return parts.get(1).replace(PLACE, TEXTS.quoted(question.text())).strip();
  }
}
