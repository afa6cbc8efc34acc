package ai.kale.kg;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.io.LoadOptions;
import ai.kale.kg.io.TripleFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens knowledge graphs.
 *
 * <pre>{@code
 * try (CompactGraph graph = KnowledgeGraphs.read(Path.of("facts.tsv"))) {
 *   int entity = graph.entity("Kismet").orElseThrow();
 * }
 * }</pre>
 */
public final class KnowledgeGraphs {
  private KnowledgeGraphs() {}

  /**
   * Opens a file with the default options. A {@code .kg} file is mapped, see {@link
   * CompactGraph#open}; anything else is read into memory: {@code .nt .nq .ttl .trig .rdf .owl} as
   * RDF; {@code .tsv} or {@code .txt} as head, relation, tail; {@code .csv} with columns {@code
   * subject}, {@code relation} and {@code object}; plain or packed with gzip or bzip2.
   *
   * @param file the file
   * @return the graph; close it
   * @throws ai.kale.error.SetupException if the file cannot be opened or its suffix is unknown
   * @throws ai.kale.error.InvalidInputException if it is malformed, with the line, or holds no
   *     triple
   * @throws ai.kale.error.CorruptFileException if a {@code .kg} file is damaged
   */
  public static CompactGraph read(Path file) {
    return TripleFiles.isGraphFile(file.toString())
        ? CompactGraph.open(file)
        : load(file, LoadOptions.defaults()).graph();
  }

  /**
   * Reads a file into memory and says what was left out.
   *
   * @param file the file
   * @param options what to do with malformed lines, label languages, literals, columns, progress …
   * @return the graph and the report
   * @throws ai.kale.error.SetupException if the file cannot be opened or its suffix is unknown
   * @throws ai.kale.error.InvalidInputException if it is malformed beyond what the options allow,
   *     with the line, or holds no triple
   */
  public static LoadedGraph load(Path file, LoadOptions options) {
    return TripleFiles.load(file, options);
  }

  /**
   * Reads several files into one graph, such as triples and labels, or a dump in parts. The blank
   * nodes of different files stay different.
   *
   * @param files the files, each in the format of its suffix
   * @param options as for one file; the cap on malformed lines is for all files together
   * @return the graph and one report
   * @throws ai.kale.error.SetupException if a file cannot be opened or its suffix is unknown
   * @throws ai.kale.error.InvalidInputException if one is malformed beyond what the options allow,
   *     with the line, or none holds a triple
   */
  public static LoadedGraph load(List<Path> files, LoadOptions options) {
    return TripleFiles.load(files, options);
  }
}
