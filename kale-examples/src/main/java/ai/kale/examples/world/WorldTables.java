package ai.kale.examples.world;

import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hand-written tables the shipped world graph is made from: one TSV per kind of entity, the
 * first column the entity, every other column a relation, several objects separated by {@code '|'},
 * an empty cell no fact.
 */
final class WorldTables {
  private WorldTables() {}

  /**
   * One fact.
   *
   * @param subject label of the subject
   * @param relation label of the relation
   * @param object label of the object
   */
  record Fact(String subject, String relation, String object) {}

  /**
   * Reads all tables of a folder in the order of their names.
   *
   * @param folder holds {@code *.tsv}
   * @return the facts, in the order they are written
   * @throws InvalidInputException with file and line if a row has more cells than the header
   */
  static List<Fact> read(Path folder) {
    List<Fact> facts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
        readTable(file, facts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return facts;
  }

  private static void readTable(Path file, List<Fact> facts) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] header = lines.get(0).split("\t", -1);
    for (int row = 1; row < lines.size(); row++) {
      if (lines.get(row).isBlank()) {
        continue;
      }
      String[] cells = lines.get(row).split("\t", -1);
      if (cells.length > header.length || cells[0].isBlank()) {
        throw new InvalidInputException(
            file.toString(),
            row + 1,
            "a row needs an entity and at most " + header.length + " cells");
      }
      for (int column = 1; column < cells.length; column++) {
        for (String object : cells[column].split("\\|")) {
          if (!object.isBlank()) {
            facts.add(new Fact(cells[0].strip(), header[column].strip(), object.strip()));
          }
        }
      }
    }
  }
}
