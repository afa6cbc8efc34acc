package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The automaton finds what comparing every name at every place finds. */
class LabelLinkerPropertyTest {
  /** Pieces that make equal, nested and nearly equal names likely, in several scripts. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "b",
            "A",
            "B",
            "ab",
            " ",
            "  ",
            "-",
            "'",
            "_",
            ".",
            "!",
            "1",
            "½",
            "é",
            "e\u0301",
            "E\u0301",
            "İ",
            "ı",
            "i",
            "I",
            "ß",
            "ss",
            "ẞ",
            "ﬁ",
            "fi",
            "Ω",
            "ω",
            "ς",
            "Σ",
            "σ",
            "д",
            "Д",
            "日",
            "本",
            "ｶﾞ",
            "ガ",
            "가",
            "\u1100\u1161",
            "\uD835\uDC00",
            "𐐀",
            "𐐨",
            "😀",
            "\u0301",
            "\u200D",
            "\u00AD",
            "\u00A0",
            "\t",
            "क्षि",
            "\uD800",
            "Ⅳ",
            "iv")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> names() {
    return texts()
        .filter(name -> !name.isBlank() && !name.contains("\uD800"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Property(tries = 1500)
  void theLongestMatchFromLeftToRightIsFound(
      @ForAll("names") List<String> names,
      @ForAll("texts") String one,
      @ForAll("texts") String other,
      @ForAll boolean caseSensitive,
      @ForAll boolean punctuationSensitive) {
    CompactGraph graph = graph(names);
    String text = one + " " + names.get(0) + " " + other + names.get(names.size() - 1);
    LabelLinker linker =
        new LabelLinker(Set.of())
            .withCaseSensitive(caseSensitive)
            .withPunctuationSensitive(punctuationSensitive);
    Links links = linker.link(graph, Question.of("q", text, List.of()));
    List<String> expected = NaiveLinker.link(names, text, !caseSensitive, !punctuationSensitive);
    assertThat(links.mentions().stream().map(m -> seen(graph, m)).toList()).isEqualTo(expected);
    for (Mention mention : links.mentions()) {
      assertThat(text.substring(mention.start(), mention.end())).isEqualTo(mention.text());
    }
  }

  @Property(tries = 300)
  void everyNameIsFoundAsAnAnswer(@ForAll("names") List<String> names) {
    CompactGraph graph = graph(names);
    Links links = new LabelLinker().link(graph, Question.of("q", "", names));
    Set<Integer> linked = new TreeSet<>(links.answer());
    for (int i = 0; i < names.size(); i++) {
      if (!NaiveLinker.tokens(names.get(i), true, false).isEmpty()) {
        assertThat(linked).contains(graph.entity("Q" + i).orElseThrow());
      }
    }
  }

  @Property(tries = 100)
  void aBuildInSeveralPassesIsTheSame(@ForAll("names") List<String> names) {
    CompactGraph graph = graph(names);
    NameDictionary whole = new NameDictionaryBuilder(graph, Folding.LOOSE).build();
    NameDictionary parts = new NameDictionaryBuilder(graph, Folding.LOOSE, 8).build();
    assertThat(parts.names()).isEqualTo(whole.names());
    for (int name = 0; name < whole.names(); name++) {
      assertThat(parts.entities(name, 64)).isEqualTo(whole.entities(name, 64));
    }
    for (String name : names) {
      FoldedText text = FoldedText.whole(name, Folding.LOOSE);
      assertThat(NameMatcher.whole(parts, text)).isEqualTo(NameMatcher.whole(whole, text));
    }
  }

  private static CompactGraph graph(List<String> names) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < names.size(); i++) {
      builder.addLabel("Q" + i, names.get(i));
    }
    return builder.build();
  }

  /** The candidates of a mention, by id. */
  private static String seen(CompactGraph graph, Mention mention) {
    List<String> ids = new ArrayList<>();
    mention.candidates().forEach(candidate -> ids.add(graph.entityId(candidate.entity())));
    return new TreeSet<>(ids).toString();
  }
}
