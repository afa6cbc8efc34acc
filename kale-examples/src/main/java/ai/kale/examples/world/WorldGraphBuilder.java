package ai.kale.examples.world;

import ai.kale.run.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the shipped {@code world.nt} from the tables in {@code kale-examples/src/world}:
 *
 * <pre>java -cp … ai.kale.examples.world.WorldGraphBuilder kale-examples/src/world world.nt</pre>
 */
public final class WorldGraphBuilder {
  private static final String BASE = "https://example.org/world/";
  private static final String LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

  private WorldGraphBuilder() {}

  /**
   * Runs the builder.
   *
   * @param args folder of tables, file to write
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: WorldGraphBuilder FOLDER_OF_TABLES OUTPUT.nt");
      System.exit(2);
    }
    List<WorldTables.Fact> facts = WorldTables.read(Path.of(args[0]));
    AtomicFiles.writeString(Path.of(args[1]), ntriples(facts));
    System.out.println(facts.size() + " facts written to " + args[1]);
  }

  /**
   * The graph as N-Triples: the facts in table order, then the labels sorted by IRI.
   *
   * @param facts what the tables say
   * @return the text of the file; the same facts give the same text
   */
  static String ntriples(List<WorldTables.Fact> facts) {
    Map<String, String> labels = new TreeMap<>();
    Set<String> lines = new LinkedHashSet<>();
    for (WorldTables.Fact fact : facts) {
      String subject = iri("entity", fact.subject(), labels);
      String relation = iri("relation", fact.relation(), labels);
      String object = iri("entity", fact.object(), labels);
      lines.add(subject + " " + relation + " " + object + " .");
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    labels.forEach(
        (iri, label) ->
            text.append(iri)
                .append(" <")
                .append(LABEL)
                .append("> \"")
                .append(label)
                .append("\"@en .\n"));
    return text.toString();
  }

  private static String iri(String kind, String label, Map<String, String> labels) {
    StringBuilder name = new StringBuilder();
    for (byte b : label.replace(' ', '_').getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0);
      name.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    String iri = "<" + BASE + kind + "/" + name + ">";
    labels.put(iri, label.replace("\\", "\\\\").replace("\"", "\\\""));
    return iri;
  }
}
