package ai.kale.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointHashTest {
  private static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.writeString(folder.resolve("a.safetensors"), "first");
    Files.writeString(folder.resolve("b.safetensors"), "second");
    return folder;
  }

  @Test
  void theSameFilesHaveTheSameHashWhereverTheyAre(@TempDir Path temp) throws IOException {
    Path one = folder(temp.resolve("one"));
    Path two = folder(temp.resolve("two"));
    Files.writeString(two.resolve("README.md"), "not a weight");
    assertThat(CheckpointHash.of(one)).hasSize(64).isEqualTo(CheckpointHash.of(two));
  }

  @Test
  void everyByteAndNameCounts(@TempDir Path temp) throws IOException {
    Path folder = folder(temp.resolve("one"));
    String before = CheckpointHash.of(folder);
    Files.writeString(folder.resolve("config.json"), "{ }");
    String configured = CheckpointHash.of(folder);
    Files.writeString(folder.resolve("b.safetensors"), "secone");
    String changed = CheckpointHash.of(folder);
    Files.move(folder.resolve("b.safetensors"), folder.resolve("c.safetensors"));
    String moved = CheckpointHash.of(folder);
    Files.writeString(folder.resolve("a.safetensors"), "firstsec");
    Files.writeString(folder.resolve("c.safetensors"), "ond");
    assertThat(java.util.Set.of(before, configured, changed, moved, CheckpointHash.of(folder)))
        .hasSize(5);
  }

  @Test
  void aFolderWithoutWeightsIsRefused(@TempDir Path temp) {
    assertThatThrownBy(() -> CheckpointHash.of(temp))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("holds no weights");
    assertThatThrownBy(() -> CheckpointHash.of(temp.resolve("missing")))
        .isInstanceOf(SetupException.class);
  }
}
