package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.graph.TripleSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WikidataDumpLoaderTest {
  private final TestFiles files;

  WikidataDumpLoaderTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  private static final String WD = "http://www.wikidata.org/entity/";
  private static final String WDT = "http://www.wikidata.org/prop/direct/";
  private static final String LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
  private static final String PREF = "http://www.w3.org/2004/02/skos/core#prefLabel";
  private static final String ALT = "http://www.w3.org/2004/02/skos/core#altLabel";

  private static String line(String subject, String property, String object) {
    return "<" + subject + "> <" + property + "> " + object + " .";
  }

  private static List<String> dump() {
    return List.of(
        line(
            "https://www.wikidata.org/wiki/Special:EntityData/Q42",
            "http://schema.org/about",
            "<" + WD + "Q42>"),
        line(
            WD + "Q42",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "<http://wikiba.se/ontology#Item>"),
        line(WD + "Q42", LABEL, "\"Douglas Adams\"@en"),
        line(WD + "Q42", PREF, "\"Douglas Adams\"@en"),
        line(WD + "Q42", "http://schema.org/name", "\"Douglas Adams\"@en"),
        line(WD + "Q42", LABEL, "\"Дуглас Адамс\"@ru"),
        line(WD + "Q42", LABEL, "\"D. Adams\"@nds-nl"),
        line(WD + "Q42", ALT, "\"Douglas \\\"DNA\\\" Adams\"@en"),
        line(WD + "Q42", ALT, "\"say " + WDT + "P31> <" + WD + "Q1> .\"@en"),
        line(WD + "Q42", "http://schema.org/description", "\"English writer\"@en"),
        line(WD + "Q42", WDT + "P31", "<" + WD + "Q5>"),
        line(
            WD + "Q42",
            WDT + "P569",
            "\"1952-03-11T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"),
        line(
            WD + "Q42",
            WDT + "P18",
            "<http://commons.wikimedia.org/wiki/Special:FilePath/A%20b.jpg>"),
        line(WD + "Q42", WDT + "P20", "_:u1"),
        line(WD + "Q42", WDT + "P106", "<" + WD + "L7>"),
        line(
            WD + "Q42",
            "http://www.wikidata.org/prop/direct-normalized/P214",
            "<http://viaf.org/viaf/113230702>"),
        line(WD + "Q5", LABEL, "\"human\"@en"),
        line(WD + "P31", LABEL, "\"instance of\"@en"),
        line(WD + "P31", ALT, "\"is a\"@en"),
        line(WD + "P31", WDT + "P1628", "<" + WD + "Q1>"),
        "<" + WD + "Q42>  <" + WDT + "P31>\t<" + WD + "Q36180> . # odd spacing");
  }

  @Test
  void picksTriplesBetweenItemsAndNamesInChosenLanguages() throws IOException {
    byte[] packed = TestFiles.bzip2(String.join("\n", dump()) + "\n");
    Path file = files.file("truthy.nt.bz2", packed);
    LoadedGraph loaded =
        new WikidataDumpLoader(LoadOptions.defaults().withLanguages("en").withSources()).load(file);
    try (CompactGraph graph = loaded.graph()) {
      int[] found = graph.entities(List.of("Q42", "Q5", "Q36180"));
      assertThat(graph.entityCount()).isEqualTo(3);
      assertThat(graph.names(found))
          .containsExactly(
              List.of(
                  "Douglas Adams", "Douglas \"DNA\" Adams", "say " + WDT + "P31> <" + WD + "Q1> ."),
              List.of("human"),
              List.<String>of());
      int p31 = graph.relation("P31").orElseThrow();
      assertThat(graph.relationLabel(p31)).isEqualTo("instance of");
      assertThat(graph.relationCount()).isEqualTo(1);
      assertThat(graph.source(found[0], p31, found[1])).contains(new TripleSource(11, ""));
      assertThat(graph.source(found[0], p31, found[2])).contains(new TripleSource(21, ""));
      assertThat(loaded.report().triples()).isEqualTo(2);
      assertThat(loaded.report().names()).isEqualTo(6);
      assertThat(loaded.report().excluded()).isEqualTo(13);
      assertThat(loaded.report().linesSkipped()).isZero();
    }
  }

  @Test
  void wholeIrisAreAnOption() throws IOException {
    Path file = files.file("truthy.nt", String.join("\n", dump()));
    try (CompactGraph graph = new WikidataDumpLoader().withIris().load(file).graph()) {
      assertThat(graph.entities(List.of(WD + "Q42", WD + "Q5", WD + "Q36180"))).doesNotContain(-1);
      assertThat(graph.entityCount()).isEqualTo(3);
      int p31 = graph.relation(WDT + "P31").orElseThrow();
      assertThat(graph.relationLabel(p31)).isEqualTo("instance of");
    }
  }

  @Test
  void linesThatAreNotWantedMustBeWellFormedToo() throws IOException {
    String good = line(WD + "Q42", WDT + "P31", "<" + WD + "Q5>");
    for (String bad :
        List.of(
            good.substring(0, good.length() - 2),
            "<" + WD + "Q42> <http://schema.org/description> \"open@en .",
            "<" + WD + "Q42> <http://schema.org/description> \"x\"@en",
            "<http://x/a b> <http://x/p> <http://x/b> .",
            "junk")) {
      Path file = files.file("truthy.nt", good, bad, good);
      assertThatThrownBy(() -> new WikidataDumpLoader().load(file))
          .as(bad)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("truthy.nt:2: ");
      LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(1));
      LoadedGraph loaded = new WikidataDumpLoader(skip).load(file);
      assertThat(loaded.report().linesSkipped()).isEqualTo(1);
      assertThat(loaded.report().duplicates()).isEqualTo(1);
    }
    byte[] latin =
        line(WD + "Q42", "http://schema.org/description", "\"\u00e9\"@en")
            .getBytes(StandardCharsets.ISO_8859_1);
    Path file = files.file("latin.nt", latin);
    assertThatThrownBy(() -> new WikidataDumpLoader().load(file))
        .hasMessageContaining("latin.nt:1: ")
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void aDumpCanComeInParts() throws IOException {
    Path one = files.file("1.nt", line(WD + "Q1", WDT + "P31", "<" + WD + "Q5>"));
    Path two = files.file("2.nt", line(WD + "Q5", LABEL, "\"human\"@en"));
    try (CompactGraph graph = new WikidataDumpLoader().load(one, two).graph()) {
      assertThat(graph.label(graph.entity("Q5").orElseThrow())).isEqualTo("human");
    }
    assertThatThrownBy(() -> new WikidataDumpLoader().load(two))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no triple");
  }
}
