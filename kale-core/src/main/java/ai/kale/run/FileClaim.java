package ai.kale.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to be the only one who writes a file, in this process and among others.
 *
 * <p>Many systems drop a process's lock on a file as soon as anything in that process closes the
 * file, even one that only read it. So within the process a set of paths counts, looked at before
 * any file is touched; and among processes a lock on {@code FILE.lock}, which nobody else opens. It
 * is deleted when the file is given free; who has opened it just then finds, once the lock is
 * there, that the path does not lead to it any more, and begins anew. A process that was killed
 * leaves it, which does no harm. What is no plain file (a device) is claimed within the process
 * only. A path is told apart from another by its real path; hard links are not seen through.
 */
public final class FileClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileClaim.class);
  private static final String SUFFIX = ".lock";
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path real;
  private final Optional<Held> held;
  private final AtomicBoolean closed = new AtomicBoolean();

  private record Held(Path path, FileChannel channel) {}

  private FileClaim(Path real, Optional<Held> held) {
    this.real = real;
    this.held = held;
  }

  /**
   * Claims a file, which need not be there; its folder must exist.
   *
   * @param file the file
   * @return the claim, to be closed; empty if another has it
   * @throws IOException if the lock beside the file cannot be written
   */
  public static Optional<FileClaim> of(Path file) throws IOException {
    Path real = real(file);
    if (!CLAIMED.add(real)) {
      return Optional.empty();
    }
    boolean claimed = false;
    try {
      if (Files.exists(real) && !Files.isRegularFile(real)) {
        claimed = true;
        return Optional.of(new FileClaim(real, Optional.empty()));
      }
      Path path = real.resolveSibling(real.getFileName() + SUFFIX);
      Optional<FileChannel> channel = locked(path);
      claimed = channel.isPresent();
      return channel.map(open -> new FileClaim(real, Optional.of(new Held(path, open))));
    } finally {
      if (!claimed) {
        CLAIMED.remove(real);
      }
    }
  }

  private static Path real(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path whole = file.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return folder == null ? whole : folder.toRealPath().resolve(whole.getFileName());
  }

  private static Optional<FileChannel> locked(Path path) throws IOException {
    while (true) {
      Optional<Object> before = key(path);
      FileChannel channel = open(path);
      boolean sure = false;
      try {
        if (channel.tryLock() == null) {
          return Optional.empty();
        }
        sure = Files.exists(path) && key(path).equals(before);
        if (sure) {
          return Optional.of(channel);
        }
      } catch (OverlappingFileLockException e) {
        return Optional.empty(); // another class loader of this process has it
      } finally {
        if (!sure) {
          channel.close();
        }
      }
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Tells the file from another of its name; empty where the system does not, or it is gone. */
  private static Optional<Object> key(Path path) throws IOException {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Gives the file free; more than once does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      if (held.isPresent()) {
        Files.deleteIfExists(held.get().path());
      }
    } catch (IOException e) {
      LOG.debug("{} stays, which does no harm", held, e); // a system that keeps open files
    } finally {
      release();
    }
  }

  private void release() {
    try {
      if (held.isPresent()) {
        held.get().channel().close();
      }
    } catch (IOException e) {
      LOG.warn("the lock of {} could not be freed before the process ends", real, e);
    } finally {
      CLAIMED.remove(real);
    }
  }
}
