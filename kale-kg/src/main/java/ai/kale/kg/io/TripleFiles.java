package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.kg.graph.LoadedGraph;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the loader by the file's name, and opens files that may be gzipped. */
public final class TripleFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TripleFiles.class);
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private TripleFiles() {}

  /**
   * Loads a file by its suffix: {@code .nt} as N-Triples; {@code .tsv} and {@code .txt} as
   * tab-separated head, relation, tail; each possibly followed by {@code .gz}.
   *
   * @param file the file
   * @param options how to load
   * @return the graph and what was left out
   * @throws SetupException if the file cannot be opened or its suffix is unknown
   * @throws InvalidInputException if its content is malformed or holds no triple
   */
  public static LoadedGraph load(Path file, LoadOptions options) {
    return switch (kind(file.toString())) {
      case NTRIPLES -> new NTriplesLoader(options).load(file);
      case TSV -> new TsvLoader(options).load(file);
      case UNKNOWN ->
          throw new SetupException(
              "cannot tell the format of "
                  + file
                  + " by its name; known are .nt, .tsv and .txt, each also with .gz; or use"
                  + " NTriplesLoader or TsvLoader directly");
    };
  }

  /** What a file name promises. */
  enum Kind {
    NTRIPLES,
    TSV,
    UNKNOWN
  }

  static Kind kind(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    if (plain.endsWith(".nt")) {
      return Kind.NTRIPLES;
    }
    return plain.endsWith(".tsv") || plain.endsWith(".txt") ? Kind.TSV : Kind.UNKNOWN;
  }

  /** Opens a file; gzip is recognised by its first two bytes, whatever the name. */
  static InputStream open(Path file) {
    if (!Files.exists(file)) {
      throw new SetupException("no such file: " + file.toAbsolutePath());
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new SetupException("not a readable file: " + file.toAbsolutePath());
    }
    InputStream raw = null;
    try {
      raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      raw.mark(2);
      boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
      raw.reset();
      return gzip ? new GzipMembers(raw) : raw;
    } catch (IOException e) {
      closeQuietly(raw);
      throw new InvalidInputException(file.toString(), 0, "cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void closeQuietly(@Nullable InputStream in) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        LOG.debug("closing after a failure failed too", e);
      }
    }
  }

  /** Refuses an empty result and logs the report. */
  static LoadedGraph checked(Path file, LoadedGraph loaded) {
    if (loaded.report().triples() == 0) {
      loaded.graph().close();
      throw new InvalidInputException(
          file.toString(),
          0,
          "no triple between entities found ("
              + loaded.report().literalsSkipped()
              + " literals and "
              + loaded.report().linesSkipped()
              + " malformed lines skipped); is it the right file and format?");
    }
    LOG.info("loaded {}: {}, {}", file, loaded.graph(), loaded.report());
    return loaded;
  }
}
