package ai.kale.train.djl;

import ai.kale.error.CorruptFileException;
import ai.kale.error.UnsupportedCapabilityException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Refuses a {@code tokenizer.json} that would end the process.
 *
 * <p>The tokenizers library is written in Rust and built so that a failed assertion in it aborts
 * the whole JVM. What follows are the places where a damaged file leads to one: text and numbers
 * that only a lenient JSON parser takes, templates that name tokens they do not define, merges
 * without the prefix that is cut off them, tables with offsets out of range. All else the library
 * reports by itself. O(file).
 */
final class TokenizerFileCheck {
  /** The library's JSON parser gives up at 128 levels. */
  private static final int MAX_DEPTH = 100;

  private final String file;
  private int templates;

  private TokenizerFileCheck(String file) {
    this.file = file;
  }

  /**
   * Checks a file.
   *
   * @param root its tree
   * @param file its name, for messages
   * @throws CorruptFileException if it is damaged
   * @throws UnsupportedCapabilityException if it is sound, but the library cannot run it
   */
  static void check(JsonNode root, String file) {
    TokenizerFileCheck check = new TokenizerFileCheck(file);
    check.tree(root, 0);
    check.merges(root.path("model"));
  }

  private void tree(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      throw corrupt("it is nested deeper than " + MAX_DEPTH + " levels");
    } else if (node.isTextual()) {
      text(node.textValue());
    } else if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      throw corrupt("the number " + node + " is out of range");
    } else if (node.isArray()) {
      node.forEach(child -> tree(child, depth + 1));
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        text(field.getKey());
        tree(field.getValue(), depth + 1);
      }
      component(node);
    }
  }

  private void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw corrupt(String.format("a text holds \\u%04x, half of a character", (int) c));
      }
    }
  }

  private void component(JsonNode node) {
    String type = node.path("type").asText();
    JsonNode table = node.path("precompiled_charsmap");
    if (type.equals("Precompiled") || table.isTextual()) {
      CharacterTable.check(table, file);
    }
    if (type.equals("TemplateProcessing") || node.has("special_tokens")) {
      if (++templates > 1) {
        throw new UnsupportedCapabilityException(
            file + " has several templates for special tokens; keep one TemplateProcessing");
      }
      template(node, "single");
      template(node, "pair");
    }
    boolean cutsBothSides = node.has("content") && node.has("start") && node.has("stop");
    if (cutsBothSides && node.path("stop").asLong() != 0) {
      throw new UnsupportedCapabilityException(
          file
              + " has a decoder that strips the ends of tokens (\"stop\": "
              + node.path("stop")
              + "), which is only supported at their beginnings; use \"stop\": 0");
    }
  }

  private void template(JsonNode processor, String name) {
    for (JsonNode piece : processor.path(name)) {
      JsonNode token = piece.path("SpecialToken").path("id");
      if (token.isTextual() && !processor.path("special_tokens").has(token.textValue())) {
        throw corrupt("its template names the token " + token + " but does not define it");
      }
      if (name.equals("single") && piece.path("Sequence").path("id").asText().equals("B")) {
        throw corrupt("its template for one text names a second one");
      }
    }
  }

  private void merges(JsonNode model) {
    String prefix = model.path("continuing_subword_prefix").asText("");
    if (prefix.isEmpty() || model.path("continuing_subword_prefix").isNull()) {
      return;
    }
    for (JsonNode merge : model.path("merges")) {
      String second =
          merge.isTextual()
              ? merge.textValue().substring(merge.textValue().indexOf(' ') + 1)
              : merge.path(1).asText();
      if (!second.startsWith(prefix)) {
        throw corrupt("the merge " + merge + " lacks the prefix " + prefix);
      }
    }
  }

  private CorruptFileException corrupt(String what) {
    return new CorruptFileException(file + ": " + what + "; restore the file");
  }
}
