package ai.kale.examples.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The sizes of the sections of a graph file, read from its footer. The file holds the very columns
 * that a graph in memory has, so these are the bytes of both.
 */
final class FileSections {
  static final int ENTITY_SLOTS = 10;
  static final int ENTITY_POSITIONS = 11;
  static final int ENTITY_TEXT = 12;

  private static final int HEADER = 64;
  private static final int FOOTER_OFFSET = 16;
  private static final int FOOTER_LENGTH = 24;
  private static final int BLOCK = 1 << 16;

  private final Map<Integer, Long> lengths = new HashMap<>();

  private FileSections() {}

  static FileSections of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = read(channel, 0, HEADER);
      int length = Math.toIntExact(header.getLong(FOOTER_LENGTH));
      ByteBuffer footer = read(channel, header.getLong(FOOTER_OFFSET), length);
      FileSections sections = new FileSections();
      int count = footer.getInt();
      for (int i = 0; i < count; i++) {
        int code = footer.getInt();
        footer.position(footer.position() + Integer.BYTES + Long.BYTES); // width and offset
        long bytes = footer.getLong();
        sections.lengths.put(code, bytes);
        int blocks = Math.toIntExact((bytes + BLOCK - 1) / BLOCK);
        footer.position(footer.position() + blocks * Integer.BYTES); // their checksums
      }
      return sections;
    }
  }

  private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the graph file is cut short");
      }
    }
    return bytes.flip();
  }

  /** Bytes of a section. */
  long bytes(int code) throws IOException {
    Long length = lengths.get(code);
    if (length == null) {
      throw new IOException("the graph file has no section " + code);
    }
    return length;
  }
}
