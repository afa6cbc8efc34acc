package ai.kale.train.text;

import ai.kale.error.CorruptFileException;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The vocabulary of a Hugging Face {@code tokenizer.json}: token spellings and their ids. */
public final class VocabularyFile {
  private final Map<String, Integer> ids;
  private final int size;
  private final OptionalInt unknownId;
  private final List<String> specials;

  private VocabularyFile(Map<String, Integer> ids, OptionalInt unknownId, List<String> specials) {
    this.ids = ids;
    this.specials = List.copyOf(specials);
    this.size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    this.unknownId = unknownId;
  }

  /**
   * Reads the vocabulary out of a parsed file. O(vocabulary).
   *
   * @param root the file's tree
   * @param name the file, for messages
   * @return the vocabulary
   * @throws CorruptFileException if there is no vocabulary in it
   */
  public static VocabularyFile of(JsonNode root, String name) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode model = root.path("model");
    JsonNode vocabulary = model.path("vocab");
    if (vocabulary.isObject()) {
      vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    } else if (vocabulary.isArray()) {
      // Unigram: [[token, score], …], the position is the id.
      for (int id = 0; id < vocabulary.size(); id++) {
        ids.put(vocabulary.get(id).path(0).asText(), id);
      }
    }
    List<String> specials = new ArrayList<>();
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asText();
      ids.put(content, token.path("id").asInt());
      if (token.path("special").asBoolean()) {
        specials.add(content);
      }
    }
    if (ids.isEmpty()) {
      throw new CorruptFileException(
          name + " holds no vocabulary (\"model\": {\"vocab\": …}); restore the file");
    }
    return new VocabularyFile(ids, unknown(model, ids), specials);
  }

  private static OptionalInt unknown(JsonNode model, Map<String, Integer> ids) {
    if (model.path("unk_id").isInt()) {
      return OptionalInt.of(model.path("unk_id").asInt());
    }
    Integer id = ids.get(model.path("unk_token").asText(""));
    return id == null || model.path("byte_fallback").asBoolean()
        ? OptionalInt.empty()
        : OptionalInt.of(id);
  }

  /**
   * The id of a token.
   *
   * @param token as the vocabulary spells it
   * @return its id, empty if there is none
   */
  public OptionalInt idOf(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The id that stands for text outside the vocabulary, where there is one. */
  public OptionalInt unknownId() {
    return unknownId;
  }

  /** Spellings of the added tokens that are marked as special, in order. */
  public List<String> specialTokens() {
    return specials;
  }

  /** The largest id plus one. */
  public int size() {
    return size;
  }

  /**
   * Finds a special token in the files beside {@code tokenizer.json}.
   *
   * @param folder the checkpoint folder
   * @param tokenField name in the tokenizer's files, for example {@code "eos_token"}
   * @param idField name in {@code config.json}, for example {@code "eos_token_id"}
   * @return its id, empty if no file names one that the vocabulary has
   */
  public OptionalInt special(Path folder, String tokenField, String idField) {
    for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
      JsonNode value = readIfThere(folder.resolve(name)).path(tokenField);
      String token = value.isObject() ? value.path("content").asText() : value.asText("");
      if (ids.containsKey(token)) {
        return idOf(token);
      }
    }
    JsonNode value = readIfThere(folder.resolve("config.json")).path(idField);
    JsonNode first = value.isArray() ? value.path(0) : value;
    return first.isInt() ? OptionalInt.of(first.asInt()) : OptionalInt.empty();
  }

  private static JsonNode readIfThere(Path file) {
    return Files.isRegularFile(file) ? Json.read(file) : Json.object();
  }
}
