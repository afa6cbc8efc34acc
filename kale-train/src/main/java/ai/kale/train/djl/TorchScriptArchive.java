package ai.kale.train.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive that holds one module without parameters: a stored zip with the
 * source, a pickle of the module object, an empty constant table and the format version.
 */
final class TorchScriptArchive {
  private static final String CLASS_NAME = "Decoder";
  private static final String FORMAT_VERSION = "10\n";

  private TorchScriptArchive() {}

  /**
   * The archive as bytes, the same for the same source.
   *
   * @param methods method definitions in TorchScript's serialized dialect, indented two spaces
   */
  static byte[] bytes(String methods) {
    String source =
        "class "
            + CLASS_NAME
            + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + methods;
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        put(zip, "data.pkl", modulePickle());
        put(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        put(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
        put(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Protocol 2: make an object of the class, build its state {"training": True}, stop. */
  private static byte[] modulePickle() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    out.write(("c__torch__\n" + CLASS_NAME + "\n").getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {')', (byte) 0x81, '}', '('});
    byte[] name = "training".getBytes(StandardCharsets.US_ASCII);
    out.write(new byte[] {'X', (byte) name.length, 0, 0, 0});
    out.write(name);
    out.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry("archive/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
