package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.io.BadInputPolicy;
import ai.kale.kg.io.BenchmarkFolder;
import ai.kale.kg.io.BenchmarkSplit;
import ai.kale.kg.io.CsvColumn;
import ai.kale.kg.io.CsvColumns;
import ai.kale.kg.io.LoadOptions;
import ai.kale.kg.io.Wikidata5mLoader;
import ai.kale.kg.io.WikidataDumpLoader;
import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.NameProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/knowledge-graphs.md on loading, between the marks; keep both the same. */
class LoadingSnippetsTest {
  private final Path folder;

  LoadingSnippetsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void load() throws IOException {
    Path path = file("facts.tsv", "Kismet\tdirected_by\tWilliam Dieterle");
    // snippet: load
    try (CompactGraph graph = KnowledgeGraphs.read(path)) { // the suffix tells the format
      int film = graph.entity("Kismet").orElseThrow();
      assertThat(graph.degree(film)).isEqualTo(1);
    }
    // end
    // snippet: options
    LoadOptions options =
        LoadOptions.defaults()
            .withBadInput(BadInputPolicy.skip(100)) // the 101st malformed line fails
            .withLanguages("de", "en", ""); // German, else English, else untagged labels
    LoadedGraph loaded = KnowledgeGraphs.load(path, options);
    System.out.println(loaded.report());
    // end
    assertThat(loaded.report().triples()).isEqualTo(1);
  }

  @Test
  void rdf() throws IOException {
    String p = "<http://example.org/p>";
    Path triples = file("facts.nq", "<http://x/a> " + p + " <http://x/b> <http://x/curated> .");
    Path labels = file("labels.ttl", "<http://x/a> <http://schema.org/name> 'A' .");
    // snippet: rdf
    LoadOptions options =
        LoadOptions.defaults()
            .withNames(NameProperties.defaults().andLabel(NameProperties.SCHEMA_NAME))
            .withLiterals(LiteralPolicy.keptFor("http://example.org/birthDate"))
            .withGraphs("", "http://x/curated") // "" is the default graph; none given: all graphs
            .withSources(); // graph.source(…) tells line and named graph
    LoadedGraph loaded = KnowledgeGraphs.load(List.of(triples, labels), options);
    // end
    CompactGraph graph = loaded.graph();
    assertThat(graph.label(graph.entity("http://x/a").orElseThrow())).isEqualTo("A");
    assertThat(graph.hasSources()).isTrue();
  }

  @Test
  void csv() throws IOException {
    Path films = file("films.csv", "film;director;certainty;title", "f1;d1;0.5;'Kismet; 1944'");
    // snippet: csv
    CsvColumns columns =
        CsvColumns.edges(CsvColumn.named("film"), "directed_by", CsvColumn.named("director"))
            .withWeight(CsvColumn.at(3)) // by number, from 1
            .withSeparator(';')
            .withQuote('\'');
    LoadedGraph loaded = KnowledgeGraphs.load(films, LoadOptions.defaults().withCsv(columns));
    // end
    assertThat(loaded.graph().relation("directed_by")).isPresent();
  }

  @Test
  void dataSets() throws IOException {
    String wikidata = "http://www.wikidata.org/";
    Path dump =
        file(
            "latest-truthy.nt",
            "<%1$sentity/Q42> <%1$sprop/direct/P31> <%1$sentity/Q5> .".formatted(wikidata));
    Path triples = file("wikidata5m_all_triplet.txt", "Q42\tP31\tQ5");
    Path entities = file("wikidata5m_entity.txt", "Q42\tDouglas Adams\tDNA");
    Path relations = file("wikidata5m_relation.txt", "P31\tinstance of");
    Path wn18rr = Files.createDirectory(folder.resolve("WN18RR"));
    Files.writeString(wn18rr.resolve("train.txt"), "00260881\t_hypernym\t00260622\n");
    Files.writeString(wn18rr.resolve("valid.txt"), "00260622\t_hypernym\t00260881\n");
    Files.writeString(wn18rr.resolve("test.txt"), "00260622\t_also_see\t00260881\n");
    // snippet: datasets
    LoadedGraph wikidata5m = new Wikidata5mLoader().load(triples, entities, relations);
    LoadedGraph truthy =
        new WikidataDumpLoader(LoadOptions.defaults().withLanguages("en")).load(dump);
    LoadedGraph training = new BenchmarkFolder().load(wn18rr); // train.txt only
    LoadedGraph whole = new BenchmarkFolder().load(wn18rr, BenchmarkSplit.all());
    // end
    assertThat(wikidata5m.report().names()).isEqualTo(3);
    assertThat(truthy.graph().entity("Q42")).isPresent();
    assertThat(training.report().triples()).isEqualTo(1);
    assertThat(whole.report().triples()).isEqualTo(3);
  }
}
