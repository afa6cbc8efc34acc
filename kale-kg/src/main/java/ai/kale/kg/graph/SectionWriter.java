package ai.kale.kg.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes one section of a graph file and computes the checksum of each of its blocks. */
final class SectionWriter {
  private final OutputStream out;
  private final ByteBuffer block =
      ByteBuffer.allocate(GraphFileFormat.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  private final IntList checksums = new IntList();
  private long written;

  SectionWriter(OutputStream out) {
    this.out = out;
  }

  void putInt(int value) throws IOException {
    if (block.remaining() < Integer.BYTES) {
      endBlock();
    }
    block.putInt(value);
  }

  void putChar(char value) throws IOException {
    if (block.remaining() < Character.BYTES) {
      endBlock();
    }
    block.putChar(value);
  }

  void putBytes(byte[] bytes, int length) throws IOException {
    int from = 0;
    while (from < length) {
      if (!block.hasRemaining()) {
        endBlock();
      }
      int part = Math.min(length - from, block.remaining());
      block.put(bytes, from, part);
      from += part;
    }
  }

  private void endBlock() throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(block.array(), 0, block.position());
    checksums.add((int) checksum.getValue());
    out.write(block.array(), 0, block.position());
    written += block.position();
    block.clear();
  }

  /** Writes what is left; the checksums of all blocks. */
  IntList end() throws IOException {
    if (block.position() > 0) {
      endBlock();
    }
    return checksums;
  }

  /** Bytes written by {@link #end}. */
  long written() {
    return written;
  }
}
