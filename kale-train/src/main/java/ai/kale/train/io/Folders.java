package ai.kale.train.io;

import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Folders to write to; single files are written by {@link ai.kale.run.AtomicFiles}. */
public final class Folders {
  private static final Pattern PART = Pattern.compile("\\..+\\.(\\d{1,18})\\.part");

  private Folders() {}

  /**
   * Makes a folder and those above it, where they are missing.
   *
   * @param folder the folder
   * @throws SetupException if it cannot be made
   */
  public static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new SetupException(
          "cannot create the folder " + folder + ": " + e + "; name a writable one", e);
    }
  }

  /**
   * Makes the folder that a file is to be written to, where it is missing.
   *
   * @param file the file
   * @throws SetupException if the folder cannot be made
   */
  public static void createFor(Path file) {
    create(parentOf(file));
  }

  /**
   * Makes a folder with all its files that is not there yet, whole or not at all. When this
   * returns, the name of the folder is on the device too, where the system can force that.
   *
   * @param target its parent is created if missing
   * @param filler writes the files into an empty folder that nobody else looks at yet
   * @throws SetupException if writing fails; there is then no such folder
   */
  public static void makeWhole(Path target, Consumer<Path> filler) {
    Path parent = parentOf(target);
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    Path temporary = parent.resolve(name);
    try {
      Files.createDirectories(parent);
      deleteTree(temporary);
      Files.createDirectory(temporary);
      filler.accept(temporary);
      AtomicFiles.replace(temporary, target);
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      deleteOrWarn(temporary);
    }
  }

  /**
   * Writes files into a folder that may be there already, and keeps what else it holds. They are
   * first written whole in a place of their own, so that a full disk or an error changes nothing;
   * then each is moved over its predecessor, one named file last, whose predecessor goes first:
   * where it is, the others are those it was written with.
   *
   * @param target created if missing
   * @param last name of the file that stands for all
   * @param filler writes the files into an empty folder that nobody else looks at yet
   * @throws SetupException if writing fails
   */
  public static void replace(Path target, String last, Consumer<Path> filler) {
    replace(target, last, name -> false, filler);
  }

  /**
   * As {@link #replace(Path, String, Consumer)}, and deletes files of the folder that the new ones
   * make obsolete.
   *
   * @param target created if missing
   * @param last name of the file that stands for all
   * @param obsolete whether a file of this name goes if it is not written anew
   * @param filler writes the files into an empty folder that nobody else looks at yet
   * @throws SetupException if writing fails
   */
  public static void replace(
      Path target, String last, Predicate<String> obsolete, Consumer<Path> filler) {
    if (!Files.exists(target)) {
      makeWhole(target, filler);
      return;
    }
    Path ready = target.resolve(".new." + ProcessHandle.current().pid());
    try {
      makeWhole(ready, filler);
      List<Path> files = withLast(ready, last);
      for (Path file : files) {
        refuseOtherKind(file, target.resolve(file.getFileName()));
      }
      Files.deleteIfExists(target.resolve(last));
      deleteObsolete(target, ready, obsolete);
      for (Path file : files) {
        Path place = target.resolve(file.getFileName());
        if (Files.isDirectory(place)) {
          deleteTree(place);
        }
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      deleteOrWarn(ready);
    }
  }

  private static void deleteObsolete(Path target, Path ready, Predicate<String> obsolete)
      throws IOException {
    List<Path> old;
    try (Stream<Path> all = Files.list(target)) {
      old = all.filter(file -> obsolete.test(String.valueOf(file.getFileName()))).toList();
    }
    for (Path file : old) {
      if (!Files.exists(ready.resolve(file.getFileName())) && !Files.isDirectory(file)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> withLast(Path folder, String last) throws IOException {
    Path lastFile = folder.resolve(last);
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted(Comparator.comparing(lastFile::equals)).toList();
    }
  }

  private static void refuseOtherKind(Path file, Path place) throws IOException {
    if (Files.exists(place) && Files.isDirectory(place) != Files.isDirectory(file)) {
      throw new IOException(place + " is there and is something else; nothing was changed");
    }
  }

  private static SetupException unwritable(Path target, IOException e) {
    return new SetupException(
        target + " cannot be written: " + e + "; check free space and rights, then repeat", e);
  }

  private static void deleteOrWarn(Path temporary) {
    try {
      deleteTree(temporary);
    } catch (IOException e) {
      LoggerFactory.getLogger(Folders.class).warn("cannot delete {}", temporary, e);
    }
  }

  /**
   * Deletes what {@link #makeWhole} left in a folder when its process was killed. The part of a
   * process that still runs is left alone, unless it is this one.
   *
   * @param parent the folder; need not exist
   */
  public static void deleteAbandoned(Path parent) {
    List<Path> parts;
    try (Stream<Path> all = Files.list(parent)) {
      parts = all.filter(Folders::isAbandoned).toList();
    } catch (IOException e) {
      return;
    }
    parts.forEach(Folders::deleteOrWarn);
  }

  private static boolean isAbandoned(Path path) {
    Matcher part = PART.matcher(String.valueOf(path.getFileName()));
    if (!part.matches()) {
      return false;
    }
    long process = Long.parseLong(part.group(1));
    return process == ProcessHandle.current().pid() || ProcessHandle.of(process).isEmpty();
  }

  /**
   * Deletes a file or a folder with all it holds; nothing happens if it is not there.
   *
   * @param path what to delete
   * @throws IOException if something cannot be deleted
   */
  public static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }

  private static Path parentOf(Path path) {
    Path whole = path.toAbsolutePath();
    Path parent = whole.getParent();
    return parent == null ? whole : parent;
  }
}
