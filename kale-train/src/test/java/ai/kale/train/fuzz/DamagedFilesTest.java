package ai.kale.train.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.TinyWorld;
import ai.kale.train.adapter.AdapterConfig;
import ai.kale.train.adapter.AdapterFiles;
import ai.kale.train.adapter.AdapterLayout;
import ai.kale.train.chat.ChatTemplate;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.djl.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files are read as good ones or refused with declared exceptions, and what is allocated is
 * bounded by the file's size. {@code -Dkale.fuzz.cases=100000} runs the long form; the number of a
 * case and the seed ({@code kale.test.seed}) repeat it.
 */
class DamagedFilesTest {
  @Test
  void safetensorsFiles(@TempDir Path folder) throws IOException {
    Path file = TinyWorld.checkpoint(folder).resolve(Checkpoint.WEIGHTS);
    int refused =
        Damaged.refused(
            file,
            Mutation::safetensors,
            () -> {
              try (SafetensorsFile read = SafetensorsFile.open(file)) {
                read.tensors().keySet().stream().limit(3).forEach(read::floats);
              }
            });
    assertThat(refused).isBetween(Damaged.CASES / 3, Damaged.CASES - 1);
  }

  @Test
  void configurations(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    int refused =
        Damaged.refused(
            folder.resolve("config.json"), Mutation::json, () -> Checkpoint.open(folder).close());
    assertThat(refused).isBetween(Damaged.CASES / 3, Damaged.CASES - 1);
  }

  @Test
  void indexFiles(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    StringBuilder map = new StringBuilder();
    try (SafetensorsFile read = SafetensorsFile.open(folder.resolve(Checkpoint.WEIGHTS))) {
      read.tensors().keySet().forEach(t -> map.append(",\"" + t + "\":\"part-1.safetensors\""));
    }
    Files.move(folder.resolve(Checkpoint.WEIGHTS), folder.resolve("part-1.safetensors"));
    Path index = folder.resolve(Checkpoint.INDEX);
    Files.writeString(
        index, "{\"metadata\":{\"total_size\":1},\"weight_map\":{" + map.substring(1) + "}}");
    int refused = Damaged.refused(index, Mutation::json, () -> Checkpoint.open(folder).close());
    assertThat(refused).isBetween(Damaged.CASES / 3, Damaged.CASES - 1);
  }

  @Test
  void tokenizers(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    Damaged.Reader reader =
        () -> {
          try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
            tokenizer.decode(tokenizer.encode("Question: In which country?"));
            assertThat(tokenizer.unknownWords("xyzzy é")).isNotNull();
          }
        };
    assertThat(Damaged.refused(folder.resolve("tokenizer.json"), Mutation::json, reader))
        .isBetween(Damaged.CASES / 4, Damaged.CASES - 1);
  }

  @Test
  void tokenizerConfigurationsAndTemplates(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    Path config = folder.resolve("tokenizer_config.json");
    Files.writeString(
        config,
        "{\"eos_token\":{\"content\":\"<eos>\"},\"bos_token\":\"<eos>\",\"add_bos_token\":true,"
            + "\"chat_template\":[{\"name\":\"default\",\"template\":\"{% for m in messages %}"
            + "{{ m.role + m['content'] | trim }}{% endfor %}\"}]}");
    Damaged.Reader reader =
        () -> {
          HuggingFaceTokenizer.load(folder).close();
          ChatTemplate.load(folder)
              .ifPresent(
                  t -> t.render(java.util.List.of(ai.kale.train.chat.ChatMessage.user("x")), true));
        };
    assertThat(Damaged.refused(config, Mutation::json, reader))
        .isBetween(Damaged.CASES / 6, Damaged.CASES - 1);
  }

  @Test
  void adapters(@TempDir Path folder) throws IOException {
    DecoderConfig model = DecoderConfig.small(11, 8, 12, 2, 2, 16);
    AdapterConfig adapter = AdapterConfig.of(LoraSpec.ofRank(2, 1));
    AdapterLayout layout = AdapterLayout.of(model, adapter, "test");
    Map<String, long[]> shapes = layout.shapes();
    AdapterFiles.write(
        folder,
        adapter,
        layout,
        "base",
        name -> {
          long[] shape = shapes.getOrDefault(name, new long[2]);
          return new float[(int) (shape[0] * shape[1])];
        });
    Damaged.Reader reader =
        () -> {
          AdapterConfig read = AdapterFiles.readConfig(folder);
          AdapterFiles.readTensors(
              folder, AdapterLayout.ofSaved(model, read, "test"), (name, values) -> {});
        };
    assertThat(Damaged.refused(folder.resolve(AdapterFiles.CONFIG), Mutation::json, reader))
        .isBetween(Damaged.CASES / 4, Damaged.CASES - 1);
    assertThat(Damaged.refused(folder.resolve(AdapterFiles.WEIGHTS), Mutation::safetensors, reader))
        .isBetween(Damaged.CASES / 3, Damaged.CASES - 1);
  }
}
