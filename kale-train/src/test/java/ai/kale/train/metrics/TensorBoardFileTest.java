package ai.kale.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files read back by a parser that shares nothing with the writer. */
class TensorBoardFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000L, 250_000_000), ZoneOffset.UTC);

  /** CRC-32C bit by bit, polynomial 0x82F63B78. */
  private static int crc(byte[] bytes) {
    int crc = ~0;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
      }
    }
    return ~crc;
  }

  private static int masked(byte[] bytes) {
    int crc = crc(bytes);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  private static List<Map<Integer, List<Object>>> events(Path file) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Map<Integer, List<Object>>> events = new ArrayList<>();
    while (all.hasRemaining()) {
      byte[] length = new byte[8];
      all.get(length);
      assertThat(all.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      all.get(data);
      assertThat(all.getInt()).isEqualTo(masked(data));
      events.add(fields(data));
    }
    return events;
  }

  private static Map<Integer, List<Object>> fields(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      Object value;
      switch (tag & 7) {
        case 0 -> value = varint(in);
        case 1 -> value = in.getDouble();
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          value = bytes;
        }
        case 5 -> value = in.getFloat();
        default -> throw new AssertionError("wire type " + (tag & 7));
      }
      fields.computeIfAbsent(tag >>> 3, f -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static Object one(Map<Integer, List<Object>> message, int field) {
    assertThat(message.get(field)).as("field %d", field).hasSize(1);
    return message.get(field).get(0);
  }

  private static Map<String, Float> scalars(Map<Integer, List<Object>> event) {
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (Object value : fields((byte[]) one(event, 5)).get(1)) {
      Map<Integer, List<Object>> scalar = fields((byte[]) value);
      scalars.put(
          new String((byte[]) one(scalar, 1), StandardCharsets.UTF_8), (Float) one(scalar, 2));
    }
    return scalars;
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(all.get(0).getFileName().toString()).startsWith("events.out.tfevents.1700000000.");
      return all.get(0);
    }
  }

  @Test
  void theChecksumOfTheParserIsCastagnolis() {
    assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
  }

  @Test
  void anotherParserReadsEveryScalarOfEveryStep(@TempDir Path folder) throws IOException {
    Path runs = folder.resolve("runs/a");
    TensorBoardFile listener = new TensorBoardFile(runs, CLOCK);
    listener.onStep(Reports.report(299));
    listener.onStep(Reports.report(300));
    List<Map<Integer, List<Object>>> events = events(onlyFile(runs));
    assertThat(events).hasSize(4);
    assertThat(events).allSatisfy(e -> assertThat(one(e, 1)).isEqualTo(1_700_000_000.25));
    assertThat(new String((byte[]) one(events.get(0), 3), StandardCharsets.UTF_8))
        .isEqualTo("brain.Event:2");
    assertThat(one(events.get(1), 2)).isEqualTo(299L);
    assertThat(one(fields((byte[]) one(events.get(1), 7)), 1)).isEqualTo(1L);
    assertThat(one(events.get(2), 2)).isEqualTo(299L);
    assertThat(one(events.get(3), 2)).isEqualTo(300L);
    Map<String, Float> scalars = scalars(events.get(3));
    assertThat(scalars)
        .containsOnlyKeys(
            "loss/total",
            "loss/forward-kl",
            "loss/bridge-lens@2",
            "share/forward-kl",
            "share/bridge-lens@2",
            "kl_per_token",
            "gradient_norm",
            "learning_rate",
            "tokens_per_second",
            "seconds",
            "memory_bytes");
    assertThat(scalars.get("loss/total")).isCloseTo(1f / 300, within(1e-9f));
    assertThat(scalars.get("share/forward-kl")).isCloseTo(0.75f, within(1e-6f));
    assertThat(scalars.get("kl_per_token")).isCloseTo(0.005f, within(1e-9f));
    assertThat(scalars.get("tokens_per_second")).isEqualTo(320);
  }

  @Test
  void aResumedRunMakesANewFileThatSaysWhereItBegins(@TempDir Path folder) throws IOException {
    TensorBoardFile first = new TensorBoardFile(folder, CLOCK);
    first.onStep(Reports.report(1));
    Path before = onlyFile(folder);
    byte[] content = Files.readAllBytes(before);
    Clock later = Clock.offset(CLOCK, java.time.Duration.ofSeconds(5));
    new TensorBoardFile(folder, later).onStep(Reports.report(8));
    assertThat(before).hasBinaryContent(content);
    try (var files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      assertThat(sorted).hasSize(2);
      assertThat(sorted.get(0)).isEqualTo(before);
      assertThat(one(events(sorted.get(1)).get(1), 2)).isEqualTo(8L);
    }
  }
}
