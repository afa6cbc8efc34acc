package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.TripleRef;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a teacher is told: a system part, a user part and a part added on a retry, kept in one text
 * with lines of {@code ---} between. The user part has the places {@code {question}} and {@code
 * {answer}} and, if wanted, {@code {instruction}}, {@code {passage}}, {@code {choices}} and {@code
 * {paths}}; the retry part {@code {reply}} and {@code {reason}}. Instruction, passage and options
 * come with their tags and a line break, and are empty where the question has none. An instruction
 * or passage without a place is put before the question, in its quotes.
 *
 * <p>What is put in is cleaned, quoted and escaped by {@link UntrustedLabels}: texts of the
 * question and the reply to at most 4000 code points, a passage to 16000. These are counted before
 * escaping: a text of nothing but angle brackets becomes six times as long. Where the paths are a
 * fallback, so that they do not lead to the answer, a note after a user part with the place {@code
 * {paths}} says so.
 */
public final class RationalePrompt {
  private static final UntrustedLabels TEXTS = new UntrustedLabels(4000);
  private static final UntrustedLabels PASSAGES = new UntrustedLabels(16_000);
  private static final List<String> SHIPPED =
      List.of(
          "rationale-v2",
          "rationale-without-paths-v2",
          "rationale-v1",
          "rationale-without-paths-v1");

  private final String version;
  private final String text;
  private final List<String> parts;

  private RationalePrompt(String version, String text) {
    this.version = version;
    this.text = text;
    this.parts = List.of(text.split("\n---\n"));
    if (parts.size() != 3
        || !parts.get(1).contains("{question}")
        || !parts.get(1).contains("{answer}")) {
      throw new InvalidInputException(
          "prompt " + version,
          0,
          "needs three parts with lines of --- between (system, user, retry) and, in the second,"
              + " the places {question} and {answer}");
    }
  }

  /** The prompt {@code rationale-v2}: question, answer and paths. */
  public static RationalePrompt standard() {
    return named("rationale-v2");
  }

  /** The prompt {@code rationale-without-paths-v2}: the ablation <em>w/o KI</em>. */
  public static RationalePrompt standardWithoutPaths() {
    return named("rationale-without-paths-v2");
  }

  /**
   * A prompt that comes with the library, also of an earlier release.
   *
   * @param version {@code "rationale-v1"}, {@code "rationale-v2"}, or one of these with {@code
   *     "-without-paths"} before the {@code "-v"}
   * @return the prompt
   * @throws SetupException if there is none of that name
   */
  public static RationalePrompt named(String version) {
    if (!SHIPPED.contains(version)) {
      throw new SetupException("there is no prompt " + version + "; there are " + SHIPPED);
    }
    return resource(version);
  }

  /**
   * A prompt of one's own.
   *
   * @param version a name for provenance; changes whenever the text does
   * @param text three parts with lines of {@code ---} between
   * @return the prompt
   * @throws InvalidInputException if a part or place is missing
   */
  public static RationalePrompt of(String version, String text) {
    return new RationalePrompt(version, text.replace("\r\n", "\n"));
  }

  private static RationalePrompt resource(String version) {
    String name = "prompts/" + version + ".txt";
    try (InputStream in = RationalePrompt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new SetupException(
            "resource " + name + " is not in the kale-core jar; was it repackaged?");
      }
      return of(version, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SetupException("cannot read resource " + name + " (" + e + ")", e);
    }
  }

  /** Its name. */
  public String version() {
    return version;
  }

  /** Hash of its text, in hex. */
  public String sha256() {
    return Hashes.sha256(List.of(text));
  }

  /**
   * Hash of all that a teacher is told of a question besides its data, in hex: that of {@link
   * #sha256()}, unless the paths are a fallback and the note on them is told too.
   *
   * @param question the question
   * @return the hash
   */
  public String sha256(GroundedQuestion question) {
    return note(question).map(note -> Hashes.sha256(List.of(text, note))).orElseGet(this::sha256);
  }

  /** The system part. */
  public String system() {
    return parts.get(0).strip();
  }

  /**
   * The user part for a question.
   *
   * @param question the question
   * @param labels cleans and quotes labels of the graph
   * @return the text
   */
  public String user(GroundedQuestion question, UntrustedLabels labels) {
    Question asked = question.question();
    String user =
        Patterns.fill(
            parts.get(1),
            Map.of(
                "instruction",
                block("instruction", asked.instruction(), TEXTS),
                "passage",
                block("passage", asked.passage(), PASSAGES),
                "question",
                question(asked),
                "answer",
                TEXTS.quoted(asked.answer()),
                "choices",
                choices(asked),
                "paths",
                paths(question.paths(), labels)));
    return user.strip() + note(question).map(note -> "\n\n" + note).orElse("");
  }

  private static String block(String tag, String text, UntrustedLabels cleaner) {
    return text.isBlank() ? "" : "<" + tag + ">" + cleaner.quoted(text) + "</" + tag + ">\n";
  }

  /** The question; what has no place of its own before it, so that nothing is lost. */
  private String question(Question asked) {
    StringBuilder text = new StringBuilder();
    if (!parts.get(1).contains("{instruction}") && !asked.instruction().isBlank()) {
      text.append(TEXTS.clean(asked.instruction())).append(' ');
    }
    if (!parts.get(1).contains("{passage}") && !asked.passage().isBlank()) {
      text.append(PASSAGES.clean(asked.passage())).append(' ');
    }
    return '"' + UntrustedLabels.escaped(text.append(TEXTS.clean(asked.text())).toString()) + '"';
  }

  private static String choices(Question asked) {
    return asked.choices().isEmpty()
        ? ""
        : asked.choices().stream()
            .map(TEXTS::quoted)
            .collect(Collectors.joining(", ", "<options>", "</options>\n"));
  }

  /**
   * The user part of a retry.
   *
   * @param user what was asked first
   * @param reply what came
   * @param reason what is wrong with it, with quotes as they are; cleaned, and tags in it escaped
   * @return the text
   */
  public String retry(String user, String reply, String reason) {
    String more =
        Patterns.fill(
            parts.get(2),
            Map.of(
                "reply",
                TEXTS.quoted(reply),
                "reason",
                UntrustedLabels.withoutTags(TEXTS.clean(reason))));
    return user + "\n\n" + more.strip();
  }

  private Optional<String> note(GroundedQuestion question) {
    return parts.get(1).contains("{paths}") ? FallbackPaths.note(question) : Optional.empty();
  }

  private static String paths(List<KnowledgePath> paths, UntrustedLabels labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < paths.size(); i++) {
      text.append(i == 0 ? "" : "\n").append("path ").append(i + 1).append(':');
      for (TripleRef triple : paths.get(i).triples()) {
        text.append("\n  (")
            .append(labels.quoted(triple.subject().label()))
            .append(", ")
            .append(labels.quoted(triple.relation().label()))
            .append(", ")
            .append(labels.quoted(triple.object().label()))
            .append(')');
      }
    }
    return text.toString();
  }
}
