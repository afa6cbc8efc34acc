package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.safetensors"), bytes);
  }

  private static byte[] bytes(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
  }

  private static Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("b", new long[] {2, 3});
    shapes.put("a", new long[] {4});
    shapes.put("nothing", new long[] {0, 7});
    return shapes;
  }

  private static float[] values(String name) {
    return switch (name) {
      case "b" -> new float[] {1, -2.5f, 0, -0f, 1e-7f, 65504};
      case "a" -> new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0.1f, 3};
      default -> new float[0];
    };
  }

  @Test
  void readsWhatItWrites() {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.write(
        file, shapes(), SafetensorsTest::values, TensorType.F32, Map.of("k", "v"));
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(read.tensors().keySet()).containsExactly("b", "a", "nothing");
      assertThat(read.metadata()).containsEntry("k", "v").containsEntry("format", "pt");
      for (String name : shapes().keySet()) {
        assertThat(read.floats(name)).isEqualTo(values(name));
      }
      assertThatThrownBy(() -> read.floats("c")).isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void writesTheSameBytesAndLeavesNoTemporaryFile() throws IOException {
    for (String name : new String[] {"1", "2", "2"}) {
      SafetensorsWriter.write(
          folder.resolve(name), shapes(), SafetensorsTest::values, TensorType.F16, Map.of());
    }
    assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aFailedWriteKeepsTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("old"), "old");
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    file, shapes(), name -> new float[1], TensorType.F32, Map.of()))
        .hasMessageContaining("1 values for shape [2, 3]");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void halfPrecisionRoundsToNearestEven() {
    int different = 0;
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.toFloat((short) bits);
      if (!Float.isNaN(value) && HalfPrecision.fromFloat(value) != (short) bits) {
        different++;
      }
    }
    assertThat(different).isZero();
    assertThat(HalfPrecision.fromFloat(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(HalfPrecision.fromFloat(1 + 0x3p-11f)).isEqualTo((short) 0x3c02);
    assertThat(HalfPrecision.fromFloat(65519)).isEqualTo((short) 0x7bff);
    assertThat(HalfPrecision.fromFloat(65520)).isEqualTo((short) 0x7c00);
    assertThat(HalfPrecision.fromFloat(0x1p-25f)).isEqualTo((short) 0);
    assertThat(HalfPrecision.fromFloat(0x1.8p-25f)).isEqualTo((short) 1);
    assertThat(HalfPrecision.toFloat(HalfPrecision.fromFloat(Float.NaN))).isNaN();
  }

  @Test
  void readsBrainFloats() throws IOException {
    byte[] bytes = bytes("{\"x\":" + tensor("BF16", "[2]", "[0,4]") + "}", 4);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort(bytes.length - 4, (short) (Float.floatToIntBits(-1.5f) >>> 16));
    data.putShort(bytes.length - 2, (short) (Float.floatToIntBits(0x1p100f) >>> 16));
    try (SafetensorsFile read = SafetensorsFile.open(file(bytes))) {
      assertThat(read.floats("x")).containsExactly(-1.5f, 0x1p100f);
    }
  }

  @Test
  void otherTypesAreSeenButNotRead() throws IOException {
    byte[] bytes = bytes("{\"x\":" + tensor("I64", "[2]", "[0,16]") + "}  ", 16);
    try (SafetensorsFile read = SafetensorsFile.open(file(bytes))) {
      assertThatThrownBy(() -> read.floats("x"))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("I64");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[];0;does not begin with",
        "{;0;not valid JSON",
        "{} {};0;not valid JSON",
        "{'x':1};0;unknown dtype",
        "{'x':{}};0;unknown dtype",
        "{'__metadata__':{'a':1}};0;must be text",
        "{'__metadata__':[]};0;must be an object",
        "{'x':{'dtype':'F99','shape':[1],'data_offsets':[0,4]}};4;F99",
        "{'x':{'dtype':'F32','data_offsets':[0,4]}};4;no list shape",
        "{'x':{'dtype':'F32','shape':[1]}};4;no list data_offsets",
        "{'x':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}};4;non-negative",
        "{'x':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}};4;non-negative",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}};4;begin and an end",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}};4;begin and an end",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}};4;needs 8 bytes",
        "{'x':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}};4;beyond",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}};8;begins at byte 4",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}};8;holds 8",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}};4;holds 4",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'y':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}};4;begins at byte 0",
        "{'x':{'dtype':'U8','shape':[0],'data_offsets':[0,0]},"
            + "'x':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}};0;not valid JSON",
      })
  void brokenHeadersAreRefused(String header, int dataBytes, String message) throws IOException {
    Path file = file(bytes(header.replace('\'', '"'), dataBytes));
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("x.safetensors")
        .hasMessageContaining(message);
  }

  @Test
  void brokenLengthsAreRefused() throws IOException {
    byte[] good = bytes("{}", 0);
    long[] lengths = {-1, Long.MIN_VALUE, 100_000_001, 3};
    String[] messages = {"18446744073709551615", "9223372036854775808", "100000001", "ends after"};
    for (int i = 0; i < lengths.length; i++) {
      ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).putLong(0, lengths[i]);
      Path file = file(good);
      assertThatThrownBy(() -> SafetensorsFile.open(file))
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining(messages[i]);
    }
    Path little = file(new byte[7]);
    assertThatThrownBy(() -> SafetensorsFile.open(little)).hasMessageContaining("too few");
    Path text = file(bytes("{\"é\":1}", 0));
    byte[] latin = Files.readAllBytes(text);
    latin[10] = (byte) 0xff;
    Path broken = file(latin);
    assertThatThrownBy(() -> SafetensorsFile.open(broken)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
        .isInstanceOf(SetupException.class);
  }

  /** Any change of a good file is read as a good file or refused with the declared exceptions. */
  @Test
  void mutatedFilesGiveOnlyDeclaredExceptions() throws IOException {
    Path file = folder.resolve("m.safetensors");
    SafetensorsWriter.write(
        file, shapes(), SafetensorsTest::values, TensorType.F32, Map.of("k", "v"));
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(Long.getLong("kale.test.seed", 1));
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] bytes = good.clone();
      int changes = 1 + random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "0123456789[]{},:\"-. eE".charAt(random.nextInt(22));
      }
      if (random.nextInt(8) == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 9));
      }
      try (SafetensorsFile read = SafetensorsFile.open(file(bytes))) {
        read.tensors().keySet().forEach(read::floats);
      } catch (CorruptFileException | UnsupportedCapabilityException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
