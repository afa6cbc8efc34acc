package ai.kale.examples.bench.data;

import ai.kale.examples.bench.data.DataSet.FileHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An ASCII file that is hashed while it is written. */
final class HashedText implements AutoCloseable {
  private static final int FLUSH_AT = 1 << 16;

  private final StringBuilder pending = new StringBuilder(FLUSH_AT + 256);
  private final MessageDigest digest;
  private final OutputStream out;
  private long written;

  HashedText(Path file) throws IOException {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    out = Files.newOutputStream(file);
  }

  HashedText add(String text) throws IOException {
    pending.append(text);
    if (pending.length() >= FLUSH_AT) {
      flush();
    }
    return this;
  }

  HashedText add(int number) {
    pending.append(number);
    return this;
  }

  private void flush() throws IOException {
    byte[] bytes = pending.toString().getBytes(StandardCharsets.US_ASCII);
    pending.setLength(0);
    digest.update(bytes);
    out.write(bytes);
    written += bytes.length;
  }

  /** Writes the rest; the size and hash of the whole file. */
  FileHash finish() throws IOException {
    flush();
    return new FileHash(written, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
