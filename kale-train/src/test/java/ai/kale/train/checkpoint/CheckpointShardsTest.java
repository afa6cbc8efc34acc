package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints in shards, in other number formats, and saved over each other. */
class CheckpointShardsTest {
  private static final DecoderConfig CONFIG = DecoderConfig.small(11, 8, 12, 2, 2, 16);

  private final Path folder;

  CheckpointShardsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static float[] values(String name, float base) {
    long[] shape = CONFIG.parameterShapes().getOrDefault(name, new long[0]);
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = base + i + name.length();
    }
    return values;
  }

  private void write(float base, TensorType type, long maxShardBytes) {
    Checkpoint.write(folder, CONFIG, name -> values(name, base), type, maxShardBytes);
  }

  private void assertHolds(float base) {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      for (String name : CONFIG.parameterShapes().keySet()) {
        assertThat(checkpoint.floats(name)).as(name).isEqualTo(values(name, base));
      }
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shardsAreListedWithTheirTotalSize() throws IOException {
    write(1, TensorType.F32, 1200);
    JsonNode index = Json.read(folder.resolve(Checkpoint.INDEX));
    long total = 0;
    int shards = (int) files().stream().filter(name -> name.startsWith("model-")).count();
    assertThat(shards).isGreaterThan(2);
    for (int i = 1; i <= shards; i++) {
      String name = String.format("model-%05d-of-%05d.safetensors", i, shards);
      try (SafetensorsFile shard = SafetensorsFile.open(folder.resolve(name))) {
        long bytes = shard.tensors().values().stream().mapToLong(t -> t.end() - t.begin()).sum();
        assertThat(bytes).isBetween(1L, 1200L);
        total += bytes;
        for (String tensor : shard.tensors().keySet()) {
          assertThat(index.path("weight_map").path(tensor).asText()).isEqualTo(name);
        }
      }
    }
    assertThat(index.path("metadata").path("total_size").asLong()).isEqualTo(total);
    assertThat(index.path("weight_map")).hasSameSizeAs(CONFIG.parameterShapes().keySet());
    assertHolds(1);
  }

  @Test
  void aTensorLargerThanAShardHasItsOwn() {
    write(1, TensorType.F32, 1);
    assertThat(Json.read(folder.resolve(Checkpoint.INDEX)).path("weight_map").properties())
        .extracting(entry -> entry.getValue().asText())
        .doesNotHaveDuplicates()
        .hasSameSizeAs(CONFIG.parameterShapes().keySet());
    assertHolds(1);
  }

  @Test
  void aLaterSaveLeavesNothingOfAnEarlierOne() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    write(1, TensorType.F32, Long.MAX_VALUE);
    write(2, TensorType.F32, 1200);
    assertThat(files()).doesNotContain(Checkpoint.WEIGHTS).contains(Checkpoint.INDEX, "notes.txt");
    assertHolds(2);
    write(3, TensorType.F32, 2400);
    List<String> shards = files().stream().filter(name -> name.startsWith("model-")).toList();
    assertThat(shards).allMatch(name -> name.endsWith("-of-0000" + shards.size() + ".safetensors"));
    assertHolds(3);
    write(4, TensorType.F32, Long.MAX_VALUE);
    assertThat(files()).containsExactly("config.json", Checkpoint.WEIGHTS, "notes.txt");
    assertHolds(4);
  }

  @Test
  void aFailedSaveChangesNothing() throws IOException {
    write(1, TensorType.F32, 1200);
    List<String> before = files();
    assertThatThrownBy(
            () ->
                Checkpoint.write(
                    folder,
                    CONFIG,
                    name -> {
                      throw new SetupException("no more");
                    }))
        .isInstanceOf(SetupException.class);
    assertThat(files()).isEqualTo(before);
    assertHolds(1);
  }

  @Test
  void theConfigurationNamesTheNumberFormat() {
    for (Map.Entry<TensorType, String> type :
        Map.of(
                TensorType.F32, "float32",
                TensorType.F16, "float16",
                TensorType.BF16, "bfloat16")
            .entrySet()) {
      write(1, type.getKey(), Long.MAX_VALUE);
      assertThat(Json.read(folder.resolve("config.json")).path("torch_dtype").asText())
          .isEqualTo(type.getValue());
      assertHolds(1);
    }
  }

  /** A header of any length is legal, so tensors may begin at any byte. */
  @Test
  void partsOfTensorsAtOddBytesAreRead() throws IOException {
    for (int padding = 0; padding < 4; padding++) {
      String header =
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
              + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[12,16]}}"
              + " ".repeat(padding);
      byte[] text = header.getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 16).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(text.length).put(text).putFloat(1).putFloat(-2).putFloat(0.5f);
      bytes.putShort((short) 0x3f80).putShort((short) 0xc000);
      Path file = folder.resolve("odd" + padding + ".safetensors");
      Files.write(file, bytes.array());
      try (SafetensorsFile source = SafetensorsFile.open(file)) {
        assertThat(source.floats("a")).containsExactly(1, -2, 0.5f);
        assertThat(source.floats("b")).containsExactly(1, -2);
        List<Float> parts = new ArrayList<>();
        source.forEachPart(
            "a",
            (type, first, part) -> {
              assertThat(part.isDirect()).isTrue();
              assertThat(part.alignedSlice(4).capacity()).isEqualTo(12);
              assertThat(first).isZero();
              for (int i = 0; i < 3; i++) {
                parts.add(part.getFloat(4 * i));
              }
            });
        assertThat(parts).containsExactly(1f, -2f, 0.5f);
      }
    }
  }
}
