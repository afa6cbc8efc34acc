package ai.kale.train.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.error.KaleException;
import ai.kale.train.TinyWorld;
import ai.kale.train.chat.ChatTemplate;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.djl.HuggingFaceTokenizer;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files are read as good ones or refused with declared exceptions, and what is allocated is
 * bounded by the file's size. {@code -Dkale.fuzz.cases=100000} runs the long form; the number of a
 * case and the seed ({@code kale.test.seed}) repeat it.
 */
class DamagedFilesTest {
  private static final int CASES = Integer.getInteger("kale.fuzz.cases", 300);
  private static final long SEED = Long.getLong("kale.test.seed", 20261122);
  private static final long FREE_BYTES = 4 << 20;
  private static final long PER_BYTE = 60;

  /** What is done with the damaged file. */
  private interface Reader {
    void read() throws IOException;
  }

  /** How it is damaged. */
  private interface Damage {
    byte[] apply(Mutation mutation, byte[] good) throws IOException;
  }

  private static int refused(Path file, Damage damage, Reader reader) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] good = Files.readAllBytes(file);
    reader.read();
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      String name = file.getFileName() + ", case " + i + " of seed " + SEED;
      SplittableRandom random = new SplittableRandom(SEED * 31 + i);
      byte[] bytes = damage.apply(new Mutation(random), good);
      Files.write(file, bytes);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        reader.read();
      } catch (KaleException e) {
        refused++;
        assertThat(e.getMessage()).as(name).isNotBlank();
      } catch (RuntimeException | Error e) {
        throw new AssertionError(name + ": not a declared exception", e);
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as(name)
          .isLessThan(FREE_BYTES + PER_BYTE * bytes.length);
    }
    Files.write(file, good);
    return refused;
  }

  @Test
  void safetensorsFiles(@TempDir Path folder) throws IOException {
    Path file = TinyWorld.checkpoint(folder).resolve(Checkpoint.WEIGHTS);
    int refused =
        refused(
            file,
            Mutation::safetensors,
            () -> {
              try (SafetensorsFile read = SafetensorsFile.open(file)) {
                read.tensors().keySet().stream().limit(3).forEach(read::floats);
              }
            });
    assertThat(refused).isBetween(CASES / 3, CASES - 1);
  }

  @Test
  void configurations(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    int refused =
        refused(
            folder.resolve("config.json"), Mutation::json, () -> Checkpoint.open(folder).close());
    assertThat(refused).isBetween(CASES / 3, CASES - 1);
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
    int refused = refused(index, Mutation::json, () -> Checkpoint.open(folder).close());
    assertThat(refused).isBetween(CASES / 3, CASES - 1);
  }

  @Test
  void tokenizers(@TempDir Path folder) throws IOException {
    TinyWorld.checkpoint(folder);
    Reader reader =
        () -> {
          try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
            tokenizer.decode(tokenizer.encode("Question: In which country?"));
            assertThat(tokenizer.unknownWords("xyzzy é")).isNotNull();
          }
        };
    assertThat(refused(folder.resolve("tokenizer.json"), Mutation::json, reader))
        .isBetween(CASES / 4, CASES - 1);
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
    Reader reader =
        () -> {
          HuggingFaceTokenizer.load(folder).close();
          ChatTemplate.load(folder)
              .ifPresent(
                  t -> t.render(java.util.List.of(ai.kale.train.chat.ChatMessage.user("x")), true));
        };
    assertThat(refused(config, Mutation::json, reader)).isBetween(CASES / 6, CASES - 1);
  }
}
