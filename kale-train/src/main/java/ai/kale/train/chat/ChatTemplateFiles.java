package ai.kale.train.chat;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.train.io.Json;
import ai.kale.train.io.SourceFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a checkpoint keeps its chat templates, and the tokens that they write. */
final class ChatTemplateFiles {
  static final String DEFAULT = "default";
  private static final String FIELD = "chat_template";
  private static final long MAX_BYTES = 1 << 20;

  private ChatTemplateFiles() {}

  /** A template's text and the file it is in. */
  record Source(Path file, String text) {}

  static Optional<Source> source(Path folder, String name) {
    boolean standard = name.equals(DEFAULT);
    Path jinja =
        standard
            ? folder.resolve("chat_template.jinja")
            : folder.resolve("additional_chat_templates").resolve(fileName(name));
    if (SourceFiles.isThere(jinja)) {
      return Optional.of(new Source(jinja, read(jinja)));
    }
    for (String file : List.of("chat_template.json", "tokenizer_config.json")) {
      Path json = folder.resolve(file);
      Optional<String> text =
          SourceFiles.isThere(json)
              ? named(json, Json.read(json).path(FIELD), name)
              : Optional.empty();
      if (text.isPresent()) {
        return Optional.of(new Source(json, text.get()));
      }
    }
    return Optional.empty();
  }

  private static String fileName(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new SetupException("'" + name + "' is no name of a chat template");
    }
    return name + ".jinja";
  }

  private static Optional<String> named(Path file, JsonNode field, String name) {
    if (field.isTextual()) {
      return name.equals(DEFAULT) ? Optional.of(field.textValue()) : Optional.empty();
    } else if (field.isMissingNode() || field.isNull()) {
      return Optional.empty();
    } else if (!field.isArray()) {
      throw corrupt(file);
    }
    Optional<String> found = Optional.empty();
    for (JsonNode entry : field) {
      JsonNode text = entry.path("template");
      if (!entry.path("name").isTextual() || !text.isTextual()) {
        throw corrupt(file);
      }
      if (entry.path("name").textValue().equals(name)) {
        found = Optional.of(text.textValue());
      }
    }
    if (found.isEmpty() && name.equals(DEFAULT) && !field.isEmpty()) {
      throw new SetupException(
          file + " has named chat templates but none called default; load one by its name");
    }
    return found;
  }

  private static CorruptFileException corrupt(Path file) {
    return new CorruptFileException(
        file
            + ": chat_template is neither a text nor a list of templates with name and template;"
            + " replace the file");
  }

  private static String read(Path file) {
    try {
      SourceFiles.require(file, "restore it from the checkpoint's source");
      if (Files.size(file) > MAX_BYTES) {
        throw new CorruptFileException(
            file + ": more than " + MAX_BYTES + " bytes are no chat template; replace the file");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CorruptFileException(file + ": it is not UTF-8; replace the file", e);
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
  }

  /** {@code bos_token} and its like, as the tokenizer's files spell them. */
  static Map<String, String> specialTokens(Path folder) {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String file : List.of("special_tokens_map.json", "tokenizer_config.json")) {
      Path json = folder.resolve(file);
      if (SourceFiles.isThere(json)) {
        for (Map.Entry<String, JsonNode> field : Json.read(json).properties()) {
          JsonNode value = field.getValue();
          JsonNode token = value.isObject() ? value.path("content") : value;
          if (field.getKey().endsWith("_token") && token.isTextual()) {
            tokens.put(field.getKey(), token.textValue());
          }
        }
      }
    }
    return tokens;
  }
}
