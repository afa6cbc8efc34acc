package ai.kale.examples.bench.data;

import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a generated graph: its triples in two formats, its entities and a manifest. */
public final class DataSet {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * A file of the data set.
   *
   * @param bytes its size
   * @param sha256 of its content, in hexadecimal
   */
  public record FileHash(long bytes, String sha256) {}

  /**
   * What the folder holds.
   *
   * @param version of the generator
   * @param spec what was asked for
   * @param entities entities that occur in a triple
   * @param tsv {@code triples.tsv}
   * @param ntriples {@code triples.nt}
   */
  public record Manifest(
      int version, GraphSpec spec, int entities, FileHash tsv, FileHash ntriples) {}

  private final Path folder;

  /**
   * Names a folder.
   *
   * @param folder where the data is or will be
   */
  public DataSet(Path folder) {
    this.folder = folder;
  }

  /**
   * Generates the data, unless the folder holds it already.
   *
   * @param spec what to generate
   * @return what the folder holds now
   * @throws SetupException if it cannot be written
   */
  public Manifest prepare(GraphSpec spec) {
    Path file = folder.resolve("manifest.json");
    try {
      if (Files.exists(file)) {
        Manifest there = JSON.readValue(file.toFile(), Manifest.class);
        if (there.version() == VERSION
            && there.spec().equals(spec)
            && Files.size(tsv()) == there.tsv().bytes()
            && Files.size(ntriples()) == there.ntriples().bytes()) {
          return there;
        }
        Files.delete(file);
      }
      Files.createDirectories(folder);
      Manifest made = new DataWriter(this, spec).write(VERSION);
      String text = JSON.writeValueAsString(made) + "\n";
      AtomicFiles.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      return made;
    } catch (IOException e) {
      throw new SetupException("cannot prepare the data in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Head, relation, tail: {@code Q… P… Q…}. */
  public Path tsv() {
    return folder.resolve("triples.tsv");
  }

  /** The same triples with the IRIs of Wikidata. */
  public Path ntriples() {
    return folder.resolve("triples.nt");
  }

  /** Where the graph file of KALE goes. */
  public Path graphFile() {
    return folder.resolve("triples.kg");
  }

  Path entityFile() {
    return folder.resolve("entities.bin");
  }

  /**
   * The numbers of all entities, in the order of their first appearance.
   *
   * @return for each entity the number in its id
   * @throws SetupException if the file cannot be read
   */
  public int[] entityNumbers() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(entityFile()));
      int[] numbers = new int[bytes.remaining() / Integer.BYTES];
      bytes.asIntBuffer().get(numbers);
      return numbers;
    } catch (IOException e) {
      throw new SetupException("cannot read " + entityFile() + ": " + e.getMessage(), e);
    }
  }
}
