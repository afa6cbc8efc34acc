package ai.kale.kg.graph;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Opens files in the form of {@link GraphFileFormat}: header and footer are read, the rest is
 * mapped.
 */
final class GraphFileReader {
  private final Path file;
  private final FileChannel channel;

  private GraphFileReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static MappedGraph open(Path file, int chunkBits) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SetupException("no such readable file: " + file.toAbsolutePath());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      GraphFileReader reader = new GraphFileReader(file, channel);
      return new GraphFileFooter(file, channel, reader.footer(), chunkBits).graph();
    } catch (ClosedByInterruptException e) {
      throw new OperationCancelledException(
          "opening " + file + " was interrupted; open it again", e);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Reads and checks the header, then the footer. */
  private ByteBuffer footer() throws IOException {
    long size = channel.size();
    byte[] start = read(0, (int) Math.min(size, GraphFileFormat.HEADER));
    byte[] magic = Arrays.copyOf(start, GraphFileFormat.MAGIC.length);
    if (!Arrays.equals(magic, GraphFileFormat.MAGIC)) {
      throw new InvalidInputException(
          file.toString(),
          0,
          "not a graph file of this library; triples in text are loaded with"
              + " KnowledgeGraphs.read or load");
    }
    if (size < GraphFileFormat.HEADER) {
      throw cutShort(size, GraphFileFormat.HEADER);
    }
    ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int checksum = header.getInt(12);
    header.putInt(12, 0);
    if (checksum(start, start.length) != checksum) {
      throw damaged("the header has the wrong checksum");
    }
    int version = header.getInt(8);
    if (version < 1) {
      throw damaged("version " + version);
    }
    if (version != GraphFileFormat.VERSION) {
      throw new CorruptFileException(
          file
              + " has version "
              + version
              + "; this library reads version "
              + GraphFileFormat.VERSION
              + ". Write the file again from its source, or use the release that wrote it");
    }
    long offset = header.getLong(16);
    long length = header.getLong(24);
    long whole = header.getLong(32);
    if (size < whole) {
      throw cutShort(size, whole);
    }
    if (size > whole
        || length < 0
        || length > Integer.MAX_VALUE - 16
        || offset != whole - length - Integer.BYTES) {
      throw damaged(size + " bytes instead of " + whole);
    }
    byte[] end = read(offset, (int) length + Integer.BYTES);
    ByteBuffer footer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    if (checksum(end, (int) length) != footer.getInt((int) length)) {
      throw damaged("the footer has the wrong checksum");
    }
    return footer.limit((int) length);
  }

  private byte[] read(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    while (target.hasRemaining()) {
      if (channel.read(target, offset + target.position()) < 0) {
        throw cutShort(offset + target.position(), offset + length);
      }
    }
    return bytes;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private CorruptFileException cutShort(long size, long whole) {
    return new CorruptFileException(
        file
            + " is cut short: "
            + size
            + " bytes instead of "
            + whole
            + "; fetch or write the file again");
  }

  private CorruptFileException damaged(String what) {
    return new CorruptFileException(
        file + " is damaged: " + what + "; fetch or write the file again");
  }
}
