package ai.kale.rationale;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One line of a journal: the outcome for one key, without the question, which the caller has. The
 * last field of a line is the CRC-32 of all bytes before it.
 */
record JournalEntry(
    String key,
    Outcome outcome,
    @Nullable Rationale rationale,
    Provenance provenance,
    Map<String, Object> extra,
    List<String> problems,
    long promptTokens,
    long completionTokens) {
  static final String HEADER = "{\"kale\":\"synthesis/1\",";

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final String SEAL = ",\"crc32\":\"";
  private static final int SEAL_LENGTH = SEAL.length() + 8 + 2;

  static JournalEntry of(String key, Synthesis synthesis) {
    Optional<RationalizedQuestion> row = synthesis.result();
    return new JournalEntry(
        key,
        synthesis.outcome(),
        row.map(RationalizedQuestion::rationale).orElse(null),
        row.map(RationalizedQuestion::provenance)
            .orElseGet(() -> Provenance.of("synthesize", Map.of())),
        row.map(RationalizedQuestion::extra).orElse(Map.of()),
        synthesis.problems(),
        synthesis.promptTokens(),
        synthesis.completionTokens());
  }

  /** The outcome for a question with this key; the snapshot is that of the question at hand. */
  Synthesis toSynthesis(GroundedQuestion question) {
    if (rationale == null) {
      return new Synthesis(outcome, Optional.empty(), problems, promptTokens, completionTokens);
    }
    String snapshot = question.provenance().facts().get(Rows.SNAPSHOT);
    Provenance own = snapshot == null ? provenance : provenance.with(Rows.SNAPSHOT, snapshot);
    return new Synthesis(
        outcome,
        Optional.of(new RationalizedQuestion(question, rationale, own, extra)),
        problems,
        promptTokens,
        completionTokens);
  }

  /** The sealed line, with its line break. */
  byte[] toLine() {
    ObjectNode node = MAPPER.createObjectNode().put("kale", "synthesis/1").put("key", key);
    node.put("outcome", outcome.name());
    if (rationale != null) {
      node.put("text", rationale.text()).put("teacher", rationale.teacher());
      node.put("textPromptTokens", rationale.promptTokens());
      node.put("textCompletionTokens", rationale.completionTokens());
      node.put("stage", provenance.stage());
      ObjectNode facts = node.putObject("facts");
      provenance.facts().forEach(facts::put);
      node.set("extra", MAPPER.valueToTree(extra));
    }
    problems.forEach(node.putArray("problems")::add);
    node.put("promptTokens", promptTokens).put("completionTokens", completionTokens);
    String json;
    try {
      json = MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a journal entry could not be written", e);
    }
    byte[] open = json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
    byte[] seal = (SEAL + crc(open, open.length) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[open.length + seal.length];
    System.arraycopy(open, 0, line, 0, open.length);
    System.arraycopy(seal, 0, line, open.length, seal.length);
    return line;
  }

  /** Whether a line without its line break ends in the checksum of what stands before. */
  static boolean isSealed(byte[] line) {
    int open = line.length - SEAL_LENGTH;
    return open >= 0
        && new String(line, open, SEAL_LENGTH, StandardCharsets.ISO_8859_1)
            .equals(SEAL + crc(line, open) + "\"}");
  }

  /**
   * The entry of a sealed line without its line break.
   *
   * @throws IllegalArgumentException if it is not understood, with the reason
   */
  static JournalEntry fromLine(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    if (!text.startsWith(HEADER)) {
      throw new IllegalArgumentException("it does not begin with " + HEADER);
    }
    try {
      return fromTree(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static JournalEntry fromTree(JsonNode node) {
    Outcome outcome = Outcome.valueOf(node.path("outcome").asText());
    if (!node.path("key").isTextual() || (outcome == Outcome.DROPPED) == node.has("text")) {
      throw new IllegalArgumentException("it has no key, or its outcome does not fit its text");
    }
    Map<String, String> facts = new HashMap<>();
    node.path("facts").properties().forEach(f -> facts.put(f.getKey(), f.getValue().asText()));
    List<String> problems = new ArrayList<>();
    node.path("problems").forEach(problem -> problems.add(problem.asText()));
    Rationale rationale =
        node.has("text")
            ? new Rationale(
                node.path("text").asText(),
                node.path("teacher").asText(),
                node.path("textPromptTokens").asLong(),
                node.path("textCompletionTokens").asLong())
            : null;
    return new JournalEntry(
        node.path("key").asText(),
        outcome,
        rationale,
        Provenance.of(node.path("stage").asText("synthesize"), facts),
        node.has("extra") ? MAPPER.convertValue(node.path("extra"), OBJECT) : Map.of(),
        problems,
        node.path("promptTokens").asLong(),
        node.path("completionTokens").asLong());
  }

  private static String crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return String.format("%08x", crc.getValue());
  }
}
