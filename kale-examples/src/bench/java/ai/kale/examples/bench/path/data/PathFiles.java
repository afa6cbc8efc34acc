package ai.kale.examples.bench.path.data;

import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The folder of one graph: {@code triples.tsv} with head, relation and tail as numbers, {@code
 * pairs-L.tsv} with source and target for each length, and a manifest.
 *
 * @param folder where the files are or will be
 */
public record PathFiles(Path folder) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * What the folder holds.
   *
   * @param version of the generator
   * @param spec what was asked for
   * @param entities entities are numbered from 0 to this, exclusive
   * @param relations relations likewise
   * @param triples distinct triples
   * @param mostArcs arcs of the entity that has most
   * @param note what was left out; empty where nothing was
   */
  public record Manifest(
      int version,
      PathSpec spec,
      int entities,
      int relations,
      int triples,
      int mostArcs,
      String note) {
    /** Names the graph, whatever its pairs are. */
    public String graphText() {
      return String.format(
          Locale.ROOT,
          "%s %s, %d entities, %d triples, seed %d, version %d",
          spec.graph(),
          spec.source(),
          entities,
          triples,
          spec.seed(),
          version);
    }
  }

  /** Head, relation, tail. */
  public Path triplesFile() {
    return folder.resolve("triples.tsv");
  }

  /**
   * Source, target.
   *
   * @param hops for queries of this length
   */
  public Path pairsFile(int hops) {
    return folder.resolve("pairs-" + hops + ".tsv");
  }

  /** Reads the triples. */
  public IntRows triples() {
    return IntRows.read(triplesFile(), 3);
  }

  /**
   * Reads the pairs.
   *
   * @param hops for queries of this length
   */
  public IntRows pairs(int hops) {
    return IntRows.read(pairsFile(hops), 2);
  }

  /** Reads the manifest. */
  public Manifest manifest() {
    try {
      return JSON.readValue(manifestFile().toFile(), Manifest.class);
    } catch (IOException e) {
      throw new SetupException("cannot read " + manifestFile() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes the files, unless they are there already.
   *
   * @param spec what to make
   * @return what the folder holds now
   */
  public Manifest prepare(PathSpec spec) {
    try {
      if (Files.exists(manifestFile())) {
        Manifest there = manifest();
        if (there.version() == VERSION && there.spec().equals(spec)) {
          return there;
        }
        Files.delete(manifestFile());
      }
      Files.createDirectories(folder);
      GraphAndPairs made = GraphAndPairs.make(spec);
      made.triples().write(triplesFile());
      for (int hops : spec.hops()) {
        made.pairs().apply(hops).write(pairsFile(hops));
      }
      Manifest manifest =
          new Manifest(
              VERSION,
              spec,
              made.entities(),
              made.relations(),
              made.triples().size(),
              made.mostArcs(),
              made.note());
      AtomicFiles.writeString(manifestFile(), JSON.writeValueAsString(manifest) + "\n");
      return manifest;
    } catch (IOException e) {
      throw new SetupException("cannot prepare " + folder + ": " + e.getMessage(), e);
    }
  }

  private Path manifestFile() {
    return folder.resolve("manifest.json");
  }
}
