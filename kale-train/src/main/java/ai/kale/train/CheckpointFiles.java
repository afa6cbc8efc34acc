package ai.kale.train;

import ai.kale.train.io.Sha256;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The checksums of the files of a training checkpoint. */
final class CheckpointFiles {
  private static final int BUFFER = 1 << 20;

  private CheckpointFiles() {}

  /** SHA-256 of every file below a folder, by its path with slashes. Reads every byte once. */
  static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(folder)) {
      hashes.put(folder.relativize(file).toString().replace('\\', '/'), hash(file));
    }
    return hashes;
  }

  /** What is wrong with the files of a folder; empty if they are those of the checksums. */
  static Optional<String> problem(Path folder, Map<String, String> hashes) throws IOException {
    for (Map.Entry<String, String> file : hashes.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path)) {
        return Optional.of("lacks its file " + file.getKey());
      }
      if (!hash(path).equals(file.getValue())) {
        return Optional.of("has a damaged file, " + file.getKey() + ": its checksum is wrong");
      }
    }
    return Optional.empty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Not through a channel, which closes itself when the thread is interrupted. */
  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new FileInputStream(file.toFile())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
