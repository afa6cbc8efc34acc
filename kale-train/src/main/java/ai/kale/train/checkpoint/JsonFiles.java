package ai.kale.train.checkpoint;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Strict reading and atomic writing of the JSON files of a checkpoint. */
final class JsonFiles {
  /** Refuses duplicate keys and anything after the first value. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final long MAX_BYTES = 64L << 20;

  private JsonFiles() {}

  static JsonNode readObject(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SetupException(
          "there is no file " + file + "; give a checkpoint folder in Hugging Face layout");
    }
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new CorruptFileException(
            file + ": " + size + " bytes are more than any such file holds; replace the file");
      }
      return parseObject(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new TransientFailureException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Parses bytes that must be UTF-8 and one JSON object. */
  static JsonNode parseObject(Path file, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new CorruptFileException(file + ": a JSON object is expected; replace the file");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw new CorruptFileException(file + ": the JSON is not UTF-8; replace the file", e);
    } catch (JsonProcessingException e) {
      throw new CorruptFileException(
          file + ": not valid JSON (" + e.getOriginalMessage() + "); replace the file", e);
    }
  }

  static void write(JsonNode json, Path file) {
    String text = json.toPrettyString() + "\n";
    AtomicFiles.writeString(file, text);
  }
}
