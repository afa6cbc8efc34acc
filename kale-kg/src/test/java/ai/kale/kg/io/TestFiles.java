package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.KnowledgeGraphs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Writes the files of a test, packed or not, and checks how loading them fails. */
record TestFiles(Path folder) {
  Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  Path file(String name, String... lines) throws IOException {
    return file(name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static byte[] bzip2(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  static void assertBad(Path file, long line, String... parts) {
    assertBad(file, LoadOptions.defaults(), line, parts);
  }

  static void assertBad(Path file, LoadOptions options, long line, String... parts) {
    InvalidInputException e =
        catchThrowableOfType(
            InvalidInputException.class, () -> KnowledgeGraphs.load(file, options));
    assertThat(e).hasMessageContaining(file.toString());
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.source()).isEqualTo(file.toString());
    for (String part : parts) {
      assertThat(e).hasMessageContaining(part);
    }
  }
}
