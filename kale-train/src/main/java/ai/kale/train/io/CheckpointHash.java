package ai.kale.train.io;

import ai.kale.error.SetupException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The identity of a checkpoint's or an adapter's files, without opening a model. */
public final class CheckpointHash {
  private static final int BUFFER = 1 << 20;

  private CheckpointHash() {}

  /**
   * SHA-256 over names and content of all files of a folder that determine a model: {@code
   * config.json}, {@code adapter_config.json} and {@code *.safetensors} with their indexes, in the
   * order of their names. Reads every byte once, a mebibyte at a time. The same weights in other
   * files or another number format have another hash.
   *
   * @param folder a checkpoint or an adapter
   * @return 64 lower-case hexadecimal digits
   * @throws SetupException if there is no such file, or one cannot be read
   */
  public static String of(Path folder) {
    Sha256 hash = new Sha256();
    try {
      List<Path> files = files(folder);
      if (files.isEmpty()) {
        throw new SetupException(
            folder + " holds no weights; give a folder in Hugging Face or PEFT layout");
      }
      for (Path file : files) {
        hash.add(String.valueOf(file.getFileName())).add(content(file));
      }
      return hash.hex();
    } catch (IOException e) {
      throw new SetupException(folder + " cannot be read: " + e + "; check path and rights", e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(CheckpointHash::counts).sorted().toList();
    }
  }

  private static boolean counts(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean configuration = name.equals("config.json") || name.equals("adapter_config.json");
    boolean weights = name.endsWith(".safetensors") || name.endsWith(".safetensors.index.json");
    return (configuration || weights) && Files.isRegularFile(file);
  }

  /** Not through a channel, which closes itself when the thread is interrupted. */
  private static String content(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new FileInputStream(file.toFile())) {
      int read = in.read(buffer);
      while (read >= 0) {
        digest.update(buffer, 0, read);
        read = in.read(buffer);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
