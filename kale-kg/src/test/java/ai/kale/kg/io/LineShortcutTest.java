package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.NameProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            "\"line\\nline\"",
            "\"\\u00e9\"@fr",
            "\"back\\\\slash\"",
            "\"no\\xescape\"",
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

  /** Lines of which some have a character changed, put in or taken out. */
  @Provide
  Arbitrary<List<String>> mutations() {
    Arbitrary<String> seed =
        Arbitraries.of(
            "<http://x/a> <http://x/p> <http://x/b#c> .",
            "<http://x/a> <http://x/p> <http://x/b> <http://x/g> .",
            "<http://x/a> <http://x/p> \"te xt\"@en-GB <http://x/h%41> .",
            "<http://x/é> <http://www.w3.org/2000/01/rdf-schema#label> \"l\"@en .",
            "<http://x/a> <http://x/p> \"7\"^^<http://www.w3.org/2001/XMLSchema#int> .");
    Arbitrary<String> put =
        Arbitraries.of("<>\"\\@^:/.#?%& \t\raZ09-_é\u0080{}".split("")).injectDuplicates(0.1);
    Arbitrary<String> line =
        Combinators.combine(
                seed, Arbitraries.integers().between(0, 60), put, Arbitraries.of(-1, 0, 1, 2))
            .as(LineShortcutTest::mutate);
    return line.list().ofMinSize(1).ofMaxSize(30);
  }

  /** Puts a character in before another (0) or in its place (1), takes one out (2), or nothing. */
  private static String mutate(String line, int at, String put, int kind) {
    int index = Math.min(at, line.length() - 1);
    return kind < 0
        ? line
        : line.substring(0, index)
            + (kind == 2 ? "" : put)
            + line.substring(kind == 0 ? index : index + 1);
  }

  @Provide
  Arbitrary<LoadOptions> options() {
    return Combinators.combine(
            Arbitraries.of(
                LiteralPolicy.kept(),
                LiteralPolicy.dropped(),
                LiteralPolicy.keptFor("http://x/p", NameProperties.RDFS_LABEL)),
            Arbitraries.of(
                List.of(), List.of(""), List.of("http://x/g"), List.of("", "http://x/g")),
            Arbitraries.of(true, false))
        .as(
            (literals, graphs, sources) -> {
              LoadOptions options =
                  LoadOptions.defaults()
                      .withLiterals(literals)
                      .withGraphs(graphs.toArray(String[]::new))
                      .withBadInput(BadInputPolicy.skip(1000));
              return sources ? options.withSources() : options;
            });
  }

  @Property(tries = 150, seed = "20261122")
  void theShortcutAndTheParserAgree(
      @ForAll("statements") List<String> lines,
      @ForAll("options") LoadOptions options,
      @ForAll boolean quads)
      throws IOException {
    compare(lines, options, quads ? "nq" : "nt");
  }

  @Property(tries = 150, seed = "20261123")
  void theyAgreeOnDamagedLines(
      @ForAll("mutations") List<String> lines,
      @ForAll("options") LoadOptions options,
      @ForAll boolean quads)
      throws IOException {
    compare(lines, options, quads ? "nq" : "nt");
  }

  private static void compare(List<String> given, LoadOptions options, String suffix)
      throws IOException {
    Path folder = Files.createTempDirectory("shortcut");
    try {
      List<String> lines = new ArrayList<>(given);
      lines.add("<http://x/first> <http://x/p> <http://x/b> .");
      if (suffix.equals("nq")) {
        lines.add("<http://x/first> <http://x/p> <http://x/b> <http://x/g> .");
      }
      // A leading space means nothing, but keeps a line from the shortcut.
      List<String> spaced = lines.stream().map(line -> " " + line).toList();
      Path quick = Files.write(folder.resolve("quick." + suffix), lines);
      Path slow = Files.write(folder.resolve("slow." + suffix), spaced);
      assertThat(outcome(quick, options)).isEqualTo(outcome(slow, options));
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Everything a load gives, but for the text of reasons. */
  private static List<Object> outcome(Path file, LoadOptions options) {
    LoadedGraph loaded;
    try {
      loaded = KnowledgeGraphs.load(file, options);
    } catch (InvalidInputException e) {
      // None of the graphs that are asked for has a triple.
      return List.of(String.valueOf(e.getMessage()).replace(file.toString(), ""));
    }
    LoadReport report = loaded.report();
    try (CompactGraph graph = loaded.graph()) {
      Set<Object> sources = new HashSet<>();
      graph.triples(
          (s, r, o, weight) ->
              sources.add(
                  List.of(
                      graph.entityId(s),
                      graph.relationId(r),
                      graph.entityId(o),
                      options.sources() ? graph.source(s, r, o) : "")));
      return List.of(
          graph.snapshot(),
          sources,
          report.triples(),
          report.duplicates(),
          report.names(),
          report.literalsSkipped(),
          report.linesSkipped(),
          report.excluded());
    }
  }
}
