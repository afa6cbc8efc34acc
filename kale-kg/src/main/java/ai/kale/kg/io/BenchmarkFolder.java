package ai.kale.kg.io;

import ai.kale.error.SetupException;
import ai.kale.kg.graph.LoadedGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the folders in which FB15k, FB15k-237, WN18 and WN18RR are distributed: head, relation,
 * tail in {@code train.txt}, {@code valid.txt}, {@code test.txt}, or in {@code
 * freebase_mtr100_mte100-train.txt} or {@code wordnet-mlj12-train.txt} and so on; each also packed
 * with gzip or bzip2 under the same name with {@code .gz} or {@code .bz2}.
 *
 * <p>Names are read from {@code entity2text.txt} and {@code relation2text.txt} (an id, a name) and
 * {@code wordnet-mlj12-definitions.txt} (a synset, its name such as {@code __land_reform_NN_1}, its
 * definition) where they are there. The name becomes "land reform"; definitions are not kept.
 *
 * <p>By default only the training facts are loaded. The others are held out for evaluation, and a
 * path over a held-out fact gives an answer away. To explain questions rather than to predict
 * links, ask for {@link BenchmarkSplit#all}.
 */
public final class BenchmarkFolder {
  private static final Logger LOG = LoggerFactory.getLogger(BenchmarkFolder.class);
  private static final List<String> PACKINGS = List.of("", ".gz", ".bz2");
  private final LoadOptions options;

  /** Creates a loader with the default options. */
  public BenchmarkFolder() {
    this(LoadOptions.defaults());
  }

  /**
   * Creates a loader.
   *
   * @param options how to load; languages and the options of RDF and CSV do not matter here
   */
  public BenchmarkFolder(LoadOptions options) {
    this.options = options;
  }

  /**
   * Loads the training facts and the names.
   *
   * @param folder the folder
   * @return the graph and what was left out
   * @throws SetupException if there is no training file
   * @throws ai.kale.error.InvalidInputException if a line is malformed and the policy does not
   *     allow it, with file and line; or if there is no triple at all
   */
  public LoadedGraph load(Path folder) {
    return load(folder, Set.of(BenchmarkSplit.TRAIN));
  }

  /**
   * Loads the facts of some splits and the names.
   *
   * @param folder the folder
   * @param splits which facts, at least one split
   * @return the graph and what was left out
   * @throws SetupException if the file of a split is missing, or there are two
   * @throws ai.kale.error.InvalidInputException if a line is malformed and the policy does not
   *     allow it, with file and line; or if there is no triple at all
   */
  public LoadedGraph load(Path folder, Set<BenchmarkSplit> splits) {
    if (splits.isEmpty()) {
      throw new IllegalArgumentException("no split to load");
    }
    List<Path> files = new ArrayList<>();
    for (BenchmarkSplit split : new TreeSet<>(splits)) {
      files.add(
          find(folder, split.fileNames())
              .orElseThrow(
                  () ->
                      new SetupException(
                          folder.toAbsolutePath()
                              + " has no file of the split "
                              + split
                              + "; expected one of "
                              + split.fileNames()
                              + ", each also with .gz or .bz2")));
    }
    LoadSession session = new LoadSession(options, true);
    for (Path file : files) {
      session.start(file);
      TsvRows.read(file, session);
    }
    for (String name : List.of("entity2text.txt", "relation2text.txt")) {
      find(folder, List.of(name)).ifPresent(file -> read(file, TsvRows::readNames, session));
    }
    find(folder, List.of("wordnet-mlj12-definitions.txt"))
        .ifPresent(file -> read(file, BenchmarkFolder::definitions, session));
    LOG.info("splits {} of {}", new TreeSet<>(splits), folder);
    return session.finish(files.toString());
  }

  private static void read(Path file, TripleReader reader, LoadSession session) {
    session.start(file);
    reader.read(file, session);
  }

  private static void definitions(Path file, LoadSession session) {
    TsvRows.lines(
        file,
        session,
        row -> {
          String[] fields = row.fields();
          if (fields.length != 3 || fields[0].isBlank() || fields[1].isBlank()) {
            session
                .bad()
                .add(row.number(), "expected a synset, its name and its definition: " + row);
          } else {
            session.triples().addLabel(fields[0], synset(fields[1]));
          }
        });
  }

  /** {@code __land_reform_NN_1} as people write it. */
  private static String synset(String name) {
    return name.replaceFirst("^__", "").replaceFirst("_[A-Z]+_\\d+$", "").replace('_', ' ');
  }

  private static Optional<Path> find(Path folder, List<String> names) {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      for (String packing : PACKINGS) {
        Path file = folder.resolve(name + packing);
        if (Files.exists(file)) {
          found.add(file);
        }
      }
    }
    if (found.size() > 1) {
      throw new SetupException("which one is meant? Keep one of " + found);
    }
    return found.stream().findFirst();
  }
}
