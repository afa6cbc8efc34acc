package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the reader by the file's name, and loads one file or several. */
public final class TripleFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TripleFiles.class);
  private static final List<String> PACKED = List.of(".gz", ".bz2");

  private TripleFiles() {}

  /**
   * Loads a file by its suffix: {@code .nt .nq .ttl .trig .rdf .owl} as RDF; {@code .tsv} and
   * {@code .txt} as tab-separated head, relation, tail; {@code .csv} by {@link LoadOptions#csv};
   * each possibly followed by {@code .gz} or {@code .bz2}. Packed files are recognised by their
   * content.
   *
   * @param file the file
   * @param options how to load
   * @return the graph and what was left out
   * @throws SetupException if the file cannot be opened or its suffix is unknown
   * @throws InvalidInputException if its content is malformed or holds no triple
   */
  public static LoadedGraph load(Path file, LoadOptions options) {
    return load(file, reader(file), options);
  }

  /**
   * Loads several files, each by its suffix, into one graph with one report. The blank nodes of
   * file number n are named {@code _:fn-id}, counted from 1, so that those of different files stay
   * apart. The policy for malformed lines allows its number over all files together.
   *
   * @param files the files, at least one, in the order in which they are read
   * @param options how to load
   * @return the graph and what was left out
   * @throws SetupException if a file cannot be opened or its suffix is unknown
   * @throws InvalidInputException if the content of one is malformed, or none holds a triple
   */
  public static LoadedGraph load(List<Path> files, LoadOptions options) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no files to load");
    }
    List<TripleReader> readers = files.stream().map(TripleFiles::reader).toList();
    LoadSession session = new LoadSession(options, files.size() > 1);
    for (int i = 0; i < files.size(); i++) {
      session.start(files.get(i));
      readers.get(i).read(files.get(i), session);
    }
    return session.finish(files.size() == 1 ? files.get(0).toString() : files.toString());
  }

  /** Loads one file with a given reader. */
  static LoadedGraph load(Path file, TripleReader reader, LoadOptions options) {
    LoadSession session = new LoadSession(options, false);
    session.start(file);
    reader.read(file, session);
    return session.finish(file.toString());
  }

  private static TripleReader reader(Path file) {
    if (isGraphFile(file.toString())) {
      throw new SetupException(
          file
              + " is a graph file by its name: nothing is parsed there; open it with"
              + " KnowledgeGraphs.read or CompactGraph.open");
    }
    return find(file.toString())
        .orElseThrow(
            () ->
                new SetupException(
                    "cannot tell the format of "
                        + file
                        + " by its name; known are .nt, .nq, .ttl, .trig, .rdf, .owl, .tsv, .txt"
                        + " and .csv, each also with .gz or .bz2; or use RdfLoader, TsvLoader or"
                        + " CsvLoader directly"));
  }

  /**
   * Opens a graph file, or loads any other file with the default options, by its suffix.
   *
   * @param file the file
   * @return the graph
   * @throws SetupException if the file cannot be opened or its suffix is unknown
   * @throws InvalidInputException if its content is malformed or holds no triple
   * @throws ai.kale.error.CorruptFileException if a graph file is damaged
   */
  public static CompactGraph read(Path file) {
    return isGraphFile(file.toString())
        ? CompactGraph.open(file)
        : load(file, LoadOptions.defaults()).graph();
  }

  /** Whether a name promises a graph file, which is opened and not parsed. */
  static boolean isGraphFile(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".kg");
  }

  /** The reader that a file name promises, if it promises one. */
  static Optional<TripleReader> find(String name) {
    String plain = plain(name);
    if (plain.endsWith(".tsv") || plain.endsWith(".txt")) {
      return Optional.of(TsvRows::read);
    }
    if (plain.endsWith(".csv")) {
      return Optional.of(CsvRows::read);
    }
    return RdfFormat.ofName(plain).map(RdfFiles::reader);
  }

  /** A file name in lower case without the suffix of its packing. */
  static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String suffix : PACKED) {
      if (lower.endsWith(suffix)) {
        return lower.substring(0, lower.length() - suffix.length());
      }
    }
    return lower;
  }

  /** Refuses an empty result and logs the report. */
  static LoadedGraph checked(String what, LoadedGraph loaded) {
    if (loaded.report().triples() == 0) {
      loaded.graph().close();
      throw new InvalidInputException(
          what,
          0,
          "no triple between entities found ("
              + loaded.report().literalsSkipped()
              + " literals and "
              + loaded.report().linesSkipped()
              + " malformed lines or statements skipped, "
              + loaded.report().excluded()
              + " statements excluded by the options); is it the right file and format?");
    }
    LOG.info("loaded {}: {}, {}", what, loaded.graph(), loaded.report());
    return loaded;
  }
}
