package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.rdf.LiteralPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Lines of the common form mean what the parser takes them for. */
class LineShortcutTest {
  @Provide
  Arbitrary<List<String>> statements() {
    Arbitrary<String> iri =
        Arbitraries.of(
            "<http://x/a>",
            "<http://x/b#c>",
            "<https://x.y-z/a,b;c=(d)!*'$&+@:~_>",
            "<http://x/é>",
            "<http://x/%41>",
            "<urn:x>",
            "<http://x>",
            "<http://x/a#b#c>",
            "<http://x/a?b=c?d#e?f>",
            "<http://x/%C3%a9?%20>",
            "<http://x/%4>",
            "<http://x/%zz>",
            "<http://x/Ωж漢字\u07ff\ucfff>",
            "<http://x/\u0080>",
            "<http://x/\ue000>",
            "<http://x/\ud83d\ude00>",
            "<http://é/a>",
            "<http://x/a b>",
            "<http:///a>",
            "<httpx://a/b>",
            "<>",
            "<http://x/a");
    Arbitrary<String> property =
        Arbitraries.of(
            "<http://www.w3.org/2000/01/rdf-schema#label>",
            "<http://www.w3.org/2004/02/skos/core#altLabel>",
            "<http://x/p>");
    Arbitrary<String> literal =
        Arbitraries.of(
            "\"\"",
            "\"a\"",
            "\"é\uFFFD😀\"@en",
            "\"q\\\"uote\\u00e9\"@de",
            "\"x\"@en-GB",
            "\"x\"@zh-Hans",
            "\"x\"@de-x-too-long-a-tag",
            "\"x\"@",
            "\"x\"@e",
            "\"x\"@en--x",
            "\"7\"^^<http://www.w3.org/2001/XMLSchema#int>",
            "\"7\"^^<bad>",
            "\"7\"^^",
            "\"open",
            "\"a\"b\"",
            "_:b",
            "_:");
    Arbitrary<String> end = Arbitraries.of(" .", " .", " .", ".", " . # more", "", " ..", " . .");
    Arbitrary<String> line =
        Combinators.combine(iri, property, Arbitraries.oneOf(iri, literal), end)
            .as((s, p, o, e) -> s + " " + p + " " + o + e);
    return line.list().ofMinSize(1).ofMaxSize(30);
  }

  @Property(tries = 100, seed = "20261122")
  void theShortcutAndTheParserAgree(@ForAll("statements") List<String> lines) throws IOException {
    Path folder = Files.createTempDirectory("shortcut");
    try {
      lines = new ArrayList<>(lines);
      lines.add("<http://x/first> <http://x/p> <http://x/b> .");
      // A leading space means nothing, but keeps a line from the shortcut.
      List<String> spaced = lines.stream().map(line -> " " + line).toList();
      LoadOptions options =
          LoadOptions.defaults()
              .withLiterals(LiteralPolicy.kept())
              .withBadInput(BadInputPolicy.skip(1000));
      Path quick = Files.write(folder.resolve("quick.nt"), lines);
      Path slow = Files.write(folder.resolve("slow.nt"), spaced);
      LoadedGraph one = KnowledgeGraphs.load(quick, options);
      LoadedGraph two = KnowledgeGraphs.load(slow, options);
      try (CompactGraph a = one.graph();
          CompactGraph b = two.graph()) {
        assertThat(a.snapshot()).isEqualTo(b.snapshot());
        assertThat(counts(one.report())).isEqualTo(counts(two.report()));
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static List<Long> counts(LoadReport report) {
    return List.of(
        report.triples(),
        report.duplicates(),
        report.names(),
        report.literalsSkipped(),
        report.linesSkipped());
  }
}
