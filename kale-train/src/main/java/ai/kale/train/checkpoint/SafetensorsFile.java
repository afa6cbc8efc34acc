package ai.kale.train.checkpoint;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.train.io.Interrupts;
import ai.kale.train.io.SourceFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A safetensors file, read through memory maps. The header is checked completely on opening: its
 * length, its JSON, that type, shape and offsets of each tensor agree, and that the tensors cover
 * the rest of the file without holes or overlaps. Safe for use by several threads.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final int LENGTH_BYTES = 8;
  private static final int MAP_BYTES = 1 << 26;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataStart;

  private SafetensorsFile(
      Path file, FileChannel channel, SafetensorsHeader header, long dataStart) {
    this.file = file;
    this.channel = channel;
    this.header = header;
    this.dataStart = dataStart;
  }

  /**
   * Opens a file and checks its header. Memory is allocated only for a header that fits into the
   * file and is at most 100 MB.
   *
   * @param file the file
   * @return the open file; close it
   * @throws SetupException if there is no such file or it cannot be read
   * @throws ai.kale.error.OperationCancelledException if the thread is interrupted
   * @throws CorruptFileException if it breaks a rule of the format
   */
  public static SafetensorsFile open(Path file) {
    SourceFiles.require(file, "give a checkpoint folder in Hugging Face layout");
    FileChannel channel = null;
    boolean opened = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      long size = channel.size();
      long headerBytes = headerBytes(file, channel, size);
      ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
      readFully(channel, json, LENGTH_BYTES);
      long dataStart = LENGTH_BYTES + headerBytes;
      SafetensorsHeader header = SafetensorsHeader.parse(file, json.array(), size - dataStart);
      opened = true;
      return new SafetensorsFile(file, channel, header, dataStart);
    } catch (EOFException e) {
      throw new CorruptFileException(file + ": the file shrank while it was read", e);
    } catch (IOException e) {
      Interrupts.check(e, file);
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    } finally {
      if (!opened && channel != null) {
        closeQuietly(file, channel);
      }
    }
  }

  private static long headerBytes(Path file, FileChannel channel, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new CorruptFileException(
          file + ": " + size + " bytes are too few for a safetensors file; copy it again");
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length, 0);
    long headerBytes = length.getLong(0);
    if (headerBytes < 0 || headerBytes > SafetensorsHeader.MAX_BYTES) {
      throw new CorruptFileException(
          file
              + ": the header claims "
              + Long.toUnsignedString(headerBytes)
              + " bytes, more than the "
              + SafetensorsHeader.MAX_BYTES
              + " allowed; this is not a safetensors file or it is damaged");
    }
    if (headerBytes > size - LENGTH_BYTES) {
      throw new CorruptFileException(
          file
              + ": the header claims "
              + headerBytes
              + " bytes but the file ends after "
              + (size - LENGTH_BYTES)
              + "; copy it again from its source");
    }
    return headerBytes;
  }

  /** Tensors by name, in header order; unmodifiable. */
  public Map<String, TensorInfo> tensors() {
    return header.tensors();
  }

  /** The file's free-form metadata; unmodifiable. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads a tensor as 32-bit floats.
   *
   * @param name one of {@link #tensors()}
   * @return its values, row-major
   * @throws CorruptFileException if there is no such tensor
   * @throws UnsupportedCapabilityException if it is not F32, F16 or BF16, or has 2^31 elements or
   *     more
   * @throws TransientFailureException if the file system fails while it is read
   * @throws ai.kale.error.OperationCancelledException if the thread is interrupted
   */
  public float[] floats(String name) {
    TensorInfo tensor = readable(name);
    if (tensor.count() > Integer.MAX_VALUE - 8) {
      throw unreadable(tensor);
    }
    float[] values = new float[(int) tensor.count()];
    forEachPart(
        name,
        (type, first, bytes) ->
            type.read(
                bytes, values, Math.toIntExact(first), bytes.remaining() / tensor.type().bytes()));
    return values;
  }

  /** Takes the parts of a tensor. */
  @FunctionalInterface
  public interface PartConsumer {
    /**
     * Takes one part.
     *
     * @param type element type, one that {@link TensorType#isReadable()}
     * @param first index of the part's first element in the whole tensor, row-major
     * @param bytes the part: a direct little-endian buffer, aligned to the element size, valid only
     *     during the call unless a reference is kept
     */
    void accept(TensorType type, long first, ByteBuffer bytes);
  }

  /**
   * Passes a tensor of any size on as it is mapped, in parts of at most 64 MB. Nothing is copied to
   * the heap.
   *
   * @param name one of {@link #tensors()}
   * @param consumer called for each part, in order
   * @throws CorruptFileException if there is no such tensor
   * @throws UnsupportedCapabilityException if it is not F32, F16 or BF16
   * @throws TransientFailureException if the file system fails while it is read
   * @throws ai.kale.error.OperationCancelledException if the thread is interrupted
   */
  public void forEachPart(String name, PartConsumer consumer) {
    TensorInfo tensor = readable(name);
    int width = tensor.type().bytes();
    try {
      for (long at = tensor.begin(); at < tensor.end(); at += MAP_BYTES) {
        long length = Math.min(MAP_BYTES, tensor.end() - at);
        ByteBuffer mapped = channel.map(MapMode.READ_ONLY, dataStart + at, length);
        ByteBuffer part = (dataStart + at) % width == 0 ? mapped : aligned(mapped);
        consumer.accept(
            tensor.type(), (at - tensor.begin()) / width, part.order(ByteOrder.LITTLE_ENDIAN));
      }
    } catch (IOException e) {
      Interrupts.check(e, file);
      throw new TransientFailureException("cannot read " + file + ": " + e, e);
    }
  }

  /** A header of any length is legal, so tensors may begin at any byte. */
  private static ByteBuffer aligned(ByteBuffer mapped) {
    ByteBuffer copy = ByteBuffer.allocateDirect(mapped.remaining());
    return copy.put(mapped).flip();
  }

  private TensorInfo readable(String name) {
    TensorInfo tensor = tensors().get(name);
    if (tensor == null) {
      throw new CorruptFileException(file + ": there is no tensor " + name);
    }
    if (!tensor.type().isReadable()) {
      throw unreadable(tensor);
    }
    return tensor;
  }

  private UnsupportedCapabilityException unreadable(TensorInfo tensor) {
    return new UnsupportedCapabilityException(
        file
            + ": tensor "
            + tensor.name()
            + " of type "
            + tensor.type()
            + " with "
            + tensor.count()
            + " elements cannot be read; F32, F16 and BF16 below 2^31 elements can");
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    while (into.hasRemaining()) {
      int read = channel.read(into, position + into.position());
      if (read < 0) {
        throw new EOFException();
      }
    }
  }

  private static void closeQuietly(Path file, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(SafetensorsFile.class).warn("cannot close {}", file, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(file, channel);
  }
}
