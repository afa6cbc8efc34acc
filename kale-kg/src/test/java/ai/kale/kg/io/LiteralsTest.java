package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.NameProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiteralsTest {
  private static final String SEVEN = "\"7\"^^<http://www.w3.org/2001/XMLSchema#int>";
  private static final String SAY = "\"Say \\\"é\\\"\\n\\\\\"@fr-CA";

  private final TestFiles files;

  LiteralsTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  private Path file() throws IOException {
    return files.file(
        "g.nt",
        "<http://x/a> <http://x/p> <http://x/b> .",
        "<http://x/a> <http://x/age> " + SEVEN + " .",
        "<http://x/b> <http://x/age> " + SEVEN + " .",
        "<http://x/a> <http://x/motto> " + SAY + " .",
        "<http://x/a> <http://x/motto> \"plain\" .",
        "<http://x/a> <http://x/motto> \"plain\"^^<http://www.w3.org/2001/XMLSchema#string> .",
        "<http://x/a> <http://www.w3.org/2000/01/rdf-schema#label> \"The A\"@en .",
        "<http://x/a> <http://schema.org/name> \"Big A\" .");
  }

  @Test
  void literalsAreDroppedAndCountedByDefault() throws IOException {
    LoadedGraph loaded = KnowledgeGraphs.load(file(), LoadOptions.defaults());
    assertThat(loaded.graph().entityCount()).isEqualTo(2);
    assertThat(loaded.report().literalsSkipped()).isEqualTo(6);
    assertThat(loaded.report().names()).isEqualTo(1);
  }

  @Test
  void keptLiteralsAreEntitiesNamedByTheirText() throws IOException {
    LoadOptions options = LoadOptions.defaults().withLiterals(LiteralPolicy.kept());
    LoadedGraph loaded = KnowledgeGraphs.load(file(), options);
    try (CompactGraph graph = loaded.graph()) {
      int seven = graph.entity(SEVEN).orElseThrow();
      assertThat(graph.degree(seven)).isEqualTo(2);
      assertThat(graph.label(seven)).isEqualTo("7");
      assertThat(graph.label(graph.entity(SAY).orElseThrow())).isEqualTo("Say \"é\"\n\\");
      assertThat(graph.entity("\"plain\"")).isPresent();
      assertThat(graph.entity("\"The A\"@en")).isEmpty();
      assertThat(graph.tripleCount()).hasValue(6);
      assertThat(loaded.report().duplicates()).isEqualTo(1);
      assertThat(loaded.report().literalsSkipped()).isZero();
    }
  }

  @Test
  void literalsOfChosenPropertiesAreKept() throws IOException {
    LoadOptions options =
        LoadOptions.defaults()
            .withLiterals(LiteralPolicy.keptFor("http://x/age", NameProperties.RDFS_LABEL));
    LoadedGraph loaded = KnowledgeGraphs.load(file(), options);
    try (CompactGraph graph = loaded.graph()) {
      assertThat(graph.entity(SEVEN)).isPresent();
      assertThat(graph.entity("\"plain\"")).isEmpty();
      assertThat(graph.entity("\"The A\"@en")).isPresent();
      assertThat(graph.label(graph.entity("http://x/a").orElseThrow())).isEqualTo("The A");
      assertThat(loaded.report().literalsSkipped()).isEqualTo(4);
    }
  }

  @Test
  void propertiesThatGiveNamesCanBeChosen() throws IOException {
    NameProperties schema = NameProperties.defaults().andLabel(NameProperties.SCHEMA_NAME);
    NameProperties only =
        new NameProperties(List.of(NameProperties.SCHEMA_NAME), List.of("http://x/motto"));
    LoadOptions untagged = LoadOptions.defaults().withLanguages("", "en", "fr");
    try (CompactGraph graph = KnowledgeGraphs.load(file(), untagged.withNames(schema)).graph()) {
      assertThat(graph.names(graph.entities(List.of("http://x/a"))))
          .containsExactly(List.of("Big A", "The A"));
    }
    try (CompactGraph graph = KnowledgeGraphs.load(file(), untagged.withNames(only)).graph()) {
      assertThat(graph.names(graph.entities(List.of("http://x/a"))))
          .containsExactly(List.of("Big A", "plain", "Say \"é\"\n\\"));
      assertThat(graph.namedEntitiesByLanguage()).containsEntry("", 1);
    }
  }

  @Test
  void tooManyLanguagesAreRefused() throws IOException {
    String[] tags = new String[300];
    Arrays.setAll(tags, i -> "x" + i);
    LoadOptions options = LoadOptions.defaults().withLanguages(tags);
    Path file = file();
    assertThatThrownBy(() -> KnowledgeGraphs.load(file, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("602");
  }
}
