package ai.kale.train.fuzz;

import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** Tokenizers of the kinds that checkpoints have, with as few tokens as will do. */
final class TokenizerSamples {
  private static final String ADDED =
      """
      "version": "1.0", "truncation": null, "padding": null,
      "added_tokens": [
        {"id": 0, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true},
        {"id": 1, "content": "<eos>", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true}],
      """;

  private static final String START =
      """
      {"type": "TemplateProcessing",
       "single": [{"SpecialToken": {"id": "<eos>", "type_id": 0}},
                  {"Sequence": {"id": "A", "type_id": 0}}],
       "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
       "special_tokens": {"<eos>": {"id": "<eos>", "ids": [1], "tokens": ["<eos>"]}}}
      """;

  private TokenizerSamples() {}

  /** Merges of bytes that are spelled as visible characters, as Llama 3 and Qwen have them. */
  static String byteLevel() {
    return """
        {%s "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "pattern": {"Regex": "\\\\p{L}+|[^\\\\p{L}]"}, "behavior": "Isolated",
           "invert": false},
          {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
           "use_regex": false}]},
        "post_processor": {"type": "Sequence", "processors": [
          {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false,
           "use_regex": true}, %s]},
        "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
          "use_regex": true},
        "model": {"type": "BPE", "dropout": null, "unk_token": null,
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": false, "ignore_merges": true,
          "vocab": {"<unk>": 0, "<eos>": 1, "n": 2, "t": 3, "r": 4, "y": 5, "\u0120": 6, "nt": 7,
            "ry": 8, "ntry": 9},
          "merges": [["n", "t"], ["r", "y"], ["nt", "ry"]]}}
        """
        .formatted(ADDED, START);
  }

  /** Characters with bytes to fall back on, as Llama 2 and Gemma have them. */
  static String byteFallback() {
    return """
        {%s "normalizer": {"type": "Sequence", "normalizers": [
          {"type": "Prepend", "prepend": "\u2581"},
          {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]},
        "pre_tokenizer": null,
        "post_processor": %s,
        "decoder": {"type": "Sequence", "decoders": [
          {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
          {"type": "ByteFallback"}, {"type": "Fuse"},
          {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": true,
          "byte_fallback": true, "ignore_merges": false,
          "vocab": {"<unk>": 0, "<eos>": 1, "<0x51>": 2, "\u2581": 3, "t": 4, "r": 5, "y": 6,
            "tr": 7, "try": 8},
          "merges": ["t r", "tr y"]}}
        """
        .formatted(ADDED, START);
  }

  /** Pieces with scores and a table of replaced characters. */
  static String unigram() {
    return """
        {%s "normalizer": {"type": "Precompiled", "precompiled_charsmap": "%s"},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always",
          "split": true},
        "post_processor": %s,
        "decoder": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always",
          "split": true},
        "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
          "vocab": [["<unk>", 0.0], ["<eos>", 0.0], ["\u2581", -2.5], ["q", -3.0], ["try", -4.0],
            ["\u2581q", -3.5]]}}
        """
        .formatted(ADDED, upperToLower(), START);
  }

  /** WordPiece, whose continuations have a prefix, and merges with one. */
  static String prefixed() {
    return """
        {%s "normalizer": {"type": "BertNormalizer", "clean_text": true,
          "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": %s,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
          "continuing_subword_prefix": "##", "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": false, "ignore_merges": false,
          "vocab": {"<unk>": 0, "<eos>": 1, "t": 2, "##r": 3, "##y": 4, "tr": 5, "try": 6},
          "merges": [["t", "##r"], ["tr", "##y"]]}}
        """
        .formatted(ADDED, START);
  }

  /** A table that replaces Q by q: a root, a unit for Q, its value, and the text. */
  static String upperToLower() {
    ByteBuffer table = ByteBuffer.allocate(4 + 4 * 768 + 2).order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(4 * 768);
    int at = 256 ^ 'Q';
    table.putInt(4, 256 << 10);
    table.putInt(4 + 4 * at, (at ^ 512) << 10 | 1 << 8 | 'Q');
    table.putInt(4 + 4 * 512, Integer.MIN_VALUE);
    table.put(4 + 4 * 768, (byte) 'q');
    return Base64.getEncoder().encodeToString(table.array());
  }

  /** The same file with its table replaced. */
  static byte[] withTable(byte[] file, byte[] table) {
    ObjectNode root = (ObjectNode) Json.parse(Path.of("unigram"), file);
    ((ObjectNode) root.path("normalizer"))
        .put("precompiled_charsmap", Base64.getEncoder().encodeToString(table));
    return Json.pretty(root).getBytes(StandardCharsets.UTF_8);
  }

  /** Another added token. */
  static byte[] withToken(String file, int id, String content) {
    ObjectNode root =
        (ObjectNode) Json.parse(Path.of("sample"), file.getBytes(StandardCharsets.UTF_8));
    ArrayNode added = (ArrayNode) root.path("added_tokens");
    added.add(((ObjectNode) added.get(0).deepCopy()).put("id", id).put("content", content));
    return Json.pretty(root).getBytes(StandardCharsets.UTF_8);
  }
}
