package ai.kale.dataset;

import ai.kale.jsonl.QuestionFiles;
import java.nio.file.Path;
import java.util.Locale;

/** Names of files without their endings. */
final class FileNames {
  private FileNames() {}

  /** The name without {@code .gz} and the ending before it. */
  static String base(Path file) {
    return QuestionFiles.name(file);
  }

  /** The ending in lower case without the dot, {@code .gz} apart; empty if there is none. */
  static String ending(Path file) {
    String name = withoutGz(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }

  private static String withoutGz(Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }
}
