package ai.kale.train;

import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Folders;
import ai.kale.train.io.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer's files of a checkpoint, to be written beside the trained weights.
 *
 * @param files name and content of each
 */
record TokenizerFiles(Map<String, byte[]> files) {
  private static final List<String> NAMES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "chat_template.jinja",
          "chat_template.json",
          "generation_config.json");

  static TokenizerFiles read(Path checkpoint) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : NAMES) {
      Path file = checkpoint.resolve(name);
      if (SourceFiles.isThere(file)) {
        SourceFiles.require(file, "restore it");
        try {
          files.put(name, Files.readAllBytes(file));
        } catch (IOException e) {
          throw new SetupException(file + " cannot be read: " + e + "; check rights", e);
        }
      }
    }
    return new TokenizerFiles(files);
  }

  void write(Path folder) {
    Folders.create(folder);
    files.forEach(
        (name, bytes) -> AtomicFiles.write(folder.resolve(name), out -> out.write(bytes)));
  }
}
