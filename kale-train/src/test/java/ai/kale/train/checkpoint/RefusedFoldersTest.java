package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import ai.kale.train.TinyWorld;
import ai.kale.train.chat.ChatMessage;
import ai.kale.train.chat.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that look like checkpoints and are not, and where chat templates are found. */
class RefusedFoldersTest {
  @Test
  void aPickleIsNeverOpened(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("pytorch_model.bin")
        .hasMessageContaining("safe_serialization=True");
  }

  @Test
  void foldersInThePlaceOfFilesAreRefused(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    for (String name : List.of("config.json", "model.safetensors")) {
      Path file = folder.resolve(name);
      Path away = folder.resolve("away");
      Files.move(file, away);
      Files.createDirectory(file);
      assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOf(KaleException.class);
      Files.delete(file);
      Files.move(away, file);
    }
    Checkpoint.open(folder).close();
  }

  @Test
  void shardsOutsideOfTheFolderAreRefused(@TempDir Path root) throws IOException {
    Path folder = root.resolve("model");
    TinyWorld.checkpoint(folder);
    Files.move(folder.resolve("model.safetensors"), root.resolve("model.safetensors"));
    for (String shard :
        List.of("../model.safetensors", root + "/model.safetensors", "a/../../model.safetensors")) {
      Files.writeString(
          folder.resolve(Checkpoint.INDEX), "{\"weight_map\":{\"x\":\"" + shard + "\"}}");
      assertThatThrownBy(() -> Checkpoint.open(folder))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("not a file name");
    }
  }

  @Test
  void chatTemplatesAreFoundWhereCheckpointsKeepThem(@TempDir Path folder) throws IOException {
    assertThat(ChatTemplate.load(folder)).isEmpty();
    Path config = folder.resolve("tokenizer_config.json");
    Files.writeString(
        config, "{\"bos_token\":{\"content\":\"<s>\"},\"chat_template\":\"1{{ bos_token }}\"}");
    assertThat(text(folder, "default")).isEqualTo("1<s>");
    Files.writeString(
        config,
        "{\"chat_template\":[{\"name\":\"rag\",\"template\":\"2\"},"
            + "{\"name\":\"default\",\"template\":\"3\"}]}");
    assertThat(text(folder, "default")).isEqualTo("3");
    assertThat(text(folder, "rag")).isEqualTo("2");
    assertThat(ChatTemplate.load(folder, "tools")).isEmpty();
    Files.writeString(folder.resolve("chat_template.json"), "{\"chat_template\":\"4\"}");
    assertThat(text(folder, "default")).isEqualTo("4");
    Files.writeString(folder.resolve("chat_template.jinja"), "5\n");
    assertThat(text(folder, "default")).isEqualTo("5");
    Files.createDirectory(folder.resolve("additional_chat_templates"));
    Files.writeString(folder.resolve("additional_chat_templates/tools.jinja"), "6");
    assertThat(text(folder, "tools")).isEqualTo("6");
    assertThatThrownBy(() -> ChatTemplate.load(folder, "../tools"))
        .isInstanceOf(SetupException.class);
  }

  private static String text(Path folder, String name) {
    return ChatTemplate.load(folder, name)
        .orElseThrow()
        .render(List.of(ChatMessage.user("x")), false);
  }
}
