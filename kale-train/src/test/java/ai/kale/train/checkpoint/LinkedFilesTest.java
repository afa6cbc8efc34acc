package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.kale.error.SetupException;
import ai.kale.train.TinyWorld;
import ai.kale.train.chat.ChatTemplate;
import ai.kale.train.djl.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints whose files are links, as a download cache has them, folders, or not readable. */
class LinkedFilesTest {
  private final Path folder;
  private final Path elsewhere;

  LinkedFilesTest(@TempDir Path root) {
    this.folder = root.resolve("snapshot");
    this.elsewhere = root.resolve("blobs");
  }

  @BeforeEach
  void checkpoint() throws IOException {
    TinyWorld.checkpoint(folder);
    Files.createDirectory(elsewhere);
    try {
      Files.delete(Files.createSymbolicLink(elsewhere.resolve("try"), folder));
    } catch (UnsupportedOperationException | IOException e) {
      assumeTrue(false, "this file system has no links: " + e);
    }
  }

  private void open() {
    Checkpoint.open(folder).close();
    HuggingFaceTokenizer.load(folder).close();
    assertThat(ChatTemplate.load(folder)).isEmpty();
  }

  @Test
  void linksToGoodFilesAreFollowed() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Path blob = elsewhere.resolve(file.getFileName());
        Files.move(file, blob);
        Files.createSymbolicLink(file, blob);
      }
    }
    open();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
        "generation_config.json",
        "special_tokens_map.json",
        "chat_template.jinja"
      })
  void linksToNothingAndFoldersAreNamed(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createSymbolicLink(file, elsewhere.resolve("gone"));
    assertThatThrownBy(this::open)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("a link that leads nowhere");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("is a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void filesWithoutTheRightToReadThemAreNamed(String name) throws IOException {
    Path file = folder.resolve(name);
    assumeTrue(
        Files.getFileStore(file).supportsFileAttributeView("posix"),
        "skipped: this file system has no POSIX rights");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(file), "root reads everything");
    assertThatThrownBy(this::open)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("cannot be read");
  }
}
