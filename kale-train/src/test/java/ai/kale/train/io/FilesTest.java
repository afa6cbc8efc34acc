package ai.kale.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Test
  void jsonGoesThroughAFile() {
    Path file = folder.resolve("a.json");
    AtomicFiles.writeString(file, Json.pretty(Json.object().put("a", "ż")));
    assertThat(Json.read(file)).isEqualTo(Json.object().put("a", "ż"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"a\":1,\"a\":2}", "{} x"})
  void jsonThatIsNotOneObjectIsRefused(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("a.json"), text);
    assertThatThrownBy(() -> Json.read(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("a.json");
    assertThatThrownBy(() -> Json.read(folder.resolve("b.json")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("b.json");
  }

  @Test
  void aFolderAppearsWholeOrNotAtAll() throws Exception {
    Path target = folder.resolve("runs/one");
    assertThatThrownBy(
            () ->
                Folders.makeWhole(
                    target,
                    part -> {
                      AtomicFiles.writeString(part.resolve("a"), "a");
                      throw new IllegalStateException("half way");
                    }))
        .hasMessage("half way");
    assertThat(folder.resolve("runs")).isEmptyDirectory();
    Folders.makeWhole(target, part -> AtomicFiles.writeString(part.resolve("a"), "a"));
    assertThat(target.resolve("a")).hasContent("a");
    Folders.deleteTree(target);
    Folders.deleteTree(target);
    assertThat(folder.resolve("runs")).isEmptyDirectory();
  }

  private static void fill(Path part, String text) {
    AtomicFiles.writeString(part.resolve("a"), text);
    AtomicFiles.writeString(part.resolve("all"), text);
    Folders.create(part.resolve("more"));
    AtomicFiles.writeString(part.resolve("more/b"), text);
  }

  @Test
  void filesAreReplacedTogetherAndOthersKept() throws Exception {
    Path target = folder.resolve("model");
    Folders.replace(target, "all", part -> fill(part, "one"));
    Files.writeString(target.resolve("notes"), "mine");
    assertThatThrownBy(
            () ->
                Folders.replace(
                    target,
                    "all",
                    part -> {
                      fill(part, "half");
                      throw new IllegalStateException("half way");
                    }))
        .hasMessage("half way");
    assertThat(target.resolve("a")).hasContent("one");
    Folders.replace(target, "all", part -> fill(part, "two"));
    for (String name : new String[] {"a", "all", "more/b"}) {
      assertThat(target.resolve(name)).hasContent("two");
    }
    assertThat(target.resolve("notes")).hasContent("mine");
    assertThat(target.toFile().list()).hasSize(4);
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Folders.replace(file, "all", part -> fill(part, "x")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("file");
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Folders.makeWhole(file.resolve("x"), part -> {}))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("file");
    DecoderConfig config = DecoderConfig.small(5, 4, 4, 1, 2, 8);
    assertThatThrownBy(() -> Checkpoint.write(file, config, name -> new float[0]))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("file");
    assertThatThrownBy(() -> config.write(folder.resolve("none")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("none");
  }
}
