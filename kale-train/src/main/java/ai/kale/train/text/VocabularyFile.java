package ai.kale.train.text;

import ai.kale.error.CorruptFileException;
import ai.kale.train.io.Json;
import ai.kale.train.io.SourceFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The vocabulary of a Hugging Face {@code tokenizer.json}: token spellings and their ids. */
public final class VocabularyFile {
  private static final int MAX_ID = 1 << 26;

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
   * @throws CorruptFileException if there is no vocabulary in it, or an added token has another id
   *     than the tokenizers library gives it: that of the vocabulary, or the next one
   */
  public static VocabularyFile of(JsonNode root, String name) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode model = root.path("model");
    JsonNode vocabulary = model.path("vocab");
    if (vocabulary.isObject()) {
      for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
        ids.put(entry.getKey(), id(entry.getValue(), entry.getKey(), name));
      }
    } else if (vocabulary.isArray()) {
      // Unigram: [[token, score], …], the position is the id.
      for (int id = 0; id < vocabulary.size(); id++) {
        JsonNode token = vocabulary.get(id).path(0);
        if (!token.isTextual()) {
          throw new CorruptFileException(name + ": token " + id + " has no text; restore the file");
        }
        ids.put(token.textValue(), id);
      }
    }
    List<String> specials = new ArrayList<>();
    int next = vocabulary.size();
    for (JsonNode token : root.path("added_tokens")) {
      if (!token.path("content").isTextual()) {
        throw new CorruptFileException(name + ": an added token has no text; restore the file");
      }
      String content = token.path("content").textValue();
      int id = id(token.path("id"), content, name);
      int given = ids.getOrDefault(content, next);
      if (id != given) {
        throw new CorruptFileException(
            name
                + ": the added token "
                + content
                + " has the id "
                + id
                + ", but the tokenizers library gives it "
                + given
                + ", after those before it; restore the file, or give added tokens ids without a"
                + " gap");
      }
      ids.put(content, id);
      next = Math.max(next, id + 1);
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

  private static int id(JsonNode value, String token, String name) {
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > MAX_ID) {
      throw new CorruptFileException(
          name + ": token " + token + " has the id " + value + ", which is none; restore the file");
    }
    return value.intValue();
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
    return first.isInt() && first.intValue() >= 0
        ? OptionalInt.of(first.intValue())
        : OptionalInt.empty();
  }

  /**
   * The tokens at which a model stops.
   *
   * @param folder the checkpoint folder
   * @param eosId the end-of-sequence token, which is one of them
   * @return it, and those of {@code generation_config.json}
   */
  public List<Integer> stopIds(Path folder, int eosId) {
    Set<Integer> stops = new LinkedHashSet<>(List.of(eosId));
    JsonNode more = readIfThere(folder.resolve("generation_config.json")).path("eos_token_id");
    for (JsonNode value : more.isArray() ? more : List.of(more)) {
      if (value.isInt() && value.intValue() >= 0) {
        stops.add(value.intValue());
      }
    }
    return List.copyOf(stops);
  }

  /**
   * Whether a checkpoint's tokenizer puts its beginning-of-sequence token in front of texts beside
   * what the post-processor does.
   *
   * @param folder the checkpoint folder
   * @return whether {@code add_bos_token} is true
   */
  public static boolean addsBos(Path folder) {
    return readIfThere(folder.resolve("tokenizer_config.json")).path("add_bos_token").asBoolean();
  }

  private static JsonNode readIfThere(Path file) {
    return SourceFiles.isThere(file) ? Json.read(file) : Json.object();
  }
}
