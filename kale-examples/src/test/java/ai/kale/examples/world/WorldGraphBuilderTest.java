package ai.kale.examples.world;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.KnowledgeGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldGraphBuilderTest {
  private static final Path TABLES = Path.of("src", "world");
  private static final Pattern LABEL =
      Pattern.compile("(<[^>]+>) <http://www\\.w3\\.org/2000/01/rdf-schema#label> \"(.*)\"@en \\.");
  private static final Pattern FACT = Pattern.compile("(<[^>]+>) (<[^>]+>) (<[^>]+>) \\.");

  private final List<String> labelled = new ArrayList<>();
  private final Map<String, String> labels = new HashMap<>();
  private final Set<String> used = new TreeSet<>();
  private final Set<String> relations = new TreeSet<>();

  @Test
  void theShippedGraphIsMadeFromTheTables(@TempDir Path folder) throws IOException {
    Path shipped = World.copy("world.nt", folder.resolve("new").resolve("world.nt"));

    String made = WorldGraphBuilder.ntriples(WorldTables.read(TABLES));

    assertThat(Files.readString(shipped)).as("run WorldGraphBuilder again").isEqualTo(made);
    assertThat(made).doesNotContain("\r");
  }

  @Test
  void theCommandLineWritesTheSameFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("made.nt");

    WorldGraphBuilder.main(new String[] {TABLES.toString(), file.toString()});

    assertThat(file).hasSameBinaryContentAs(World.copy("world.nt", folder.resolve("world.nt")));
  }

  @Test
  void theShippedGraphIsLargeEnough(@TempDir Path folder) {
    try (KnowledgeGraph graph =
        KnowledgeGraphs.read(World.copy("world.nt", folder.resolve("world.nt")))) {
      assertThat(graph.tripleCount().orElseThrow()).isGreaterThanOrEqualTo(3000);
      assertThat(graph.relationCount()).isGreaterThanOrEqualTo(12);
      int poland = graph.entity("https://example.org/world/entity/Poland").orElseThrow();
      assertThat(graph.label(poland)).isEqualTo("Poland");
      int capital = graph.relation("https://example.org/world/relation/capital").orElseThrow();
      assertThat(graph.relationLabel(capital)).isEqualTo("capital");
    }
  }

  @Test
  void everythingHasOneLabelAndNoLabelComesTwice(@TempDir Path folder) throws IOException {
    parse(World.copy("world.nt", folder.resolve("world.nt")));

    assertThat(labelled).doesNotHaveDuplicates();
    assertThat(labels.keySet()).containsExactlyInAnyOrderElementsOf(used);
    assertThat(relations).hasSizeGreaterThanOrEqualTo(12);
    Set<String> folded = new HashSet<>();
    assertThat(labels.values())
        .allSatisfy(
            label ->
                assertThat(folded.add(label.toLowerCase(Locale.ROOT)))
                    .as("only one is called %s", label)
                    .isTrue());
    assertThat(labels.values()).allMatch(label -> label.strip().equals(label) && !label.isEmpty());
  }

  @Test
  void theSameFactTwiceIsOneLineAndQuotesAreEscaped() {
    WorldTables.Fact fact = new WorldTables.Fact("The \"Big\" Ö", "made by", "A\\B");

    String text = WorldGraphBuilder.ntriples(List.of(fact, fact));

    String base = "<https://example.org/world/";
    String label = "<http://www.w3.org/2000/01/rdf-schema#label>";
    assertThat(text.lines())
        .containsExactly(
            base
                + "entity/The_%22Big%22_%C3%96> "
                + base
                + "relation/made_by> "
                + base
                + "entity/A%5CB> .",
            base + "entity/A%5CB> " + label + " \"A\\\\B\"@en .",
            base + "entity/The_%22Big%22_%C3%96> " + label + " \"The \\\"Big\\\" Ö\"@en .",
            base + "relation/made_by> " + label + " \"made by\"@en .");
  }

  private void parse(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      Matcher label = LABEL.matcher(line);
      Matcher fact = FACT.matcher(line);
      if (label.matches()) {
        labelled.add(label.group(1));
        labels.put(label.group(1), label.group(2));
      } else {
        assertThat(fact.matches()).as(line).isTrue();
        used.addAll(List.of(fact.group(1), fact.group(2), fact.group(3)));
        relations.add(fact.group(2));
      }
    }
  }
}
