package ai.kale.kg.graph;

import ai.kale.error.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One section of a graph file, mapped in chunks because one buffer holds at most 2 GiB. Every block
 * is checked against its checksum the first time anything in it is read, so that a damaged file
 * never gives a wrong answer and opening reads nothing through. Safe for use by several threads:
 * two that meet at an unchecked block check it twice.
 */
final class MappedSection {
  /** Chunks of 1 GiB: a multiple of the blocks and of the segments of texts. */
  static final int CHUNK_BITS = 30;

  static final int BLOCK_BITS = Integer.numberOfTrailingZeros(GraphFileFormat.BLOCK);

  private final Path file;
  private final GraphFileFormat.Section name;
  private final long length;
  private final int[] checksums;
  private final boolean[] checked;
  private final ByteBuffer[] chunks;
  private final int chunkBits;
  private final int chunkMask;

  MappedSection(
      Path file,
      GraphFileFormat.Section name,
      FileChannel channel,
      long offset,
      long length,
      int[] checksums,
      int chunkBits)
      throws IOException {
    this.file = file;
    this.name = name;
    this.length = length;
    this.checksums = checksums;
    this.checked = new boolean[checksums.length];
    this.chunkBits = chunkBits;
    this.chunkMask = (1 << chunkBits) - 1;
    this.chunks = new ByteBuffer[(int) ((length + chunkMask) >>> chunkBits)];
    for (int i = 0; i < chunks.length; i++) {
      long from = (long) i << chunkBits;
      long size = Math.min(length - from, 1L << chunkBits);
      chunks[i] =
          channel
              .map(FileChannel.MapMode.READ_ONLY, offset + from, size)
              .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** The only chunk, for readers that check {@link #checked} themselves; null if there are more. */
  @Nullable ByteBuffer onlyChunk() {
    return chunks.length == 1 ? chunks[0] : null;
  }

  /** By block, whether it was found right. */
  boolean[] checked() {
    return checked;
  }

  long length() {
    return length;
  }

  int getInt(long position) {
    check(position);
    return chunks[(int) (position >>> chunkBits)].getInt((int) position & chunkMask);
  }

  char getChar(long position) {
    check(position);
    return chunks[(int) (position >>> chunkBits)].getChar((int) position & chunkMask);
  }

  byte getByte(long position) {
    check(position);
    return chunks[(int) (position >>> chunkBits)].get((int) position & chunkMask);
  }

  /** Copies bytes that do not cross a chunk. */
  void copy(long position, byte[] target, int from, int count) {
    for (long at = position; at < position + count; at += GraphFileFormat.BLOCK) {
      check(at);
    }
    if (count > 0) {
      check(position + count - 1);
      chunks[(int) (position >>> chunkBits)].get((int) position & chunkMask, target, from, count);
    }
  }

  private void check(long position) {
    int block = (int) (position >>> BLOCK_BITS);
    if (!checked[block]) {
      checkBlock(block);
    }
  }

  /** Checks every block that was not read yet. */
  void checkAll() {
    for (int block = 0; block < checked.length; block++) {
      if (!checked[block]) {
        checkBlock(block);
      }
    }
  }

  private void checkBlock(int block) {
    long from = (long) block << BLOCK_BITS;
    int size = (int) Math.min(GraphFileFormat.BLOCK, length - from);
    ByteBuffer bytes = chunks[(int) (from >>> chunkBits)].slice((int) from & chunkMask, size);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    if ((int) checksum.getValue() != checksums[block]) {
      throw new CorruptFileException(
          file
              + " is damaged: section "
              + name
              + ", bytes "
              + from
              + " to "
              + (from + size)
              + ", has the wrong checksum; fetch or write the file again");
    }
    checked[block] = true;
  }
}
