package ai.kale.export;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The {@code dataset_info.json} by which LLaMA-Factory finds its data sets: adds ours and keeps
 * what else is there.
 */
public final class LlamaFactoryDatasets {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private LlamaFactoryDatasets() {}

  /**
   * Adds or renews an entry of {@code dataset_info.json}; the file is made if there is none, and
   * replaced whole or not at all. Other entries stay as they are, in their order. Not for several
   * processes at once.
   *
   * @param folder LLaMA-Factory's {@code dataset_dir}
   * @param name what the data set is called there
   * @param export the form of its rows
   * @param file an exported file in that folder or below it
   * @throws InvalidInputException if the file is not in the folder, an entry of that name is for
   *     another file, or {@code dataset_info.json} is no JSON object
   * @throws UnsupportedCapabilityException if LLaMA-Factory does not read that form
   * @throws SetupException if it cannot be read or written
   */
  public static void register(Path folder, String name, Export export, Path file) {
    LlamaFactoryLayout layout =
        export
            .llamaFactory()
            .orElseThrow(
                () ->
                    new UnsupportedCapabilityException(
                        "LLaMA-Factory does not read "
                            + export.format()
                            + "; use AlpacaExport, ShareGptExport or OpenAiExport"));
    Path info = folder.resolve("dataset_info.json");
    String fileName = nameIn(folder, file);
    ObjectNode all = read(info);
    String before = all.path(name).path("file_name").asText(fileName);
    if (!before.equals(fileName)) {
      throw new InvalidInputException(
          info.toString(),
          0,
          "has a data set "
              + name
              + " already, for the file "
              + before
              + "; choose another name, or remove that entry");
    }
    ObjectNode entry = all.putObject(name).put("file_name", fileName);
    entry.put("formatting", layout.formatting());
    layout.columns().forEach(entry.putObject("columns")::put);
    if (!layout.tags().isEmpty()) {
      layout.tags().forEach(entry.putObject("tags")::put);
    }
    AtomicFiles.writeString(info, all.toPrettyString() + "\n");
  }

  private static String nameIn(Path folder, Path file) {
    Path base = folder.toAbsolutePath().normalize();
    Path target = file.toAbsolutePath().normalize();
    if (!target.startsWith(base) || target.equals(base)) {
      throw new InvalidInputException(
          file + " is not in " + folder + ", where LLaMA-Factory looks for it; export it there");
    }
    return base.relativize(target).toString().replace('\\', '/');
  }

  private static ObjectNode read(Path info) {
    if (!Files.exists(info)) {
      return MAPPER.createObjectNode();
    }
    try {
      JsonNode root = MAPPER.readTree(Files.readString(info, StandardCharsets.UTF_8));
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidInputException(
          info.toString(), 0, "is no JSON object; restore it, or move it away to begin a new one");
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          info.toString(),
          e.getLocation().getLineNr(),
          "is no JSON ("
              + e.getOriginalMessage()
              + "); restore it, or move it away to begin a new one",
          e);
    } catch (IOException e) {
      throw new SetupException("cannot read " + info + " (" + e + "); check rights", e);
    }
  }
}
