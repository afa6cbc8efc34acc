package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameDictionaryTest {
  private static final int NAMES = 200_000;

  private static String name(int i) {
    return Integer.toString(i * 7919, 36) + " of House " + i % 977;
  }

  private static CompactGraph large() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < NAMES; i++) {
      builder.addLabel("Q" + i, name(i));
    }
    return builder.build();
  }

  @Test
  void manyNamesAreFoundByManyThreadsAndTakeFewBytes() {
    CompactGraph graph = large();
    LabelLinker linker = new LabelLinker();
    List<Integer> some = IntStream.range(0, 4000).map(i -> i * 50).boxed().toList();
    List<String> found =
        Parallel.map(
            some,
            8,
            "link",
            RunContext.silent(),
            i ->
                linker
                    .link(graph, Question.of("q", "who was " + name(i) + "?", List.of()))
                    .question()
                    .stream()
                    .map(graph::entityId)
                    .toList()
                    .toString());
    assertThat(found).isEqualTo(some.stream().map(i -> "[Q" + i + "]").toList());
    NameDictionary dictionary = NameDictionary.of(graph, Folding.LOOSE);
    assertThat(dictionary.names()).isEqualTo(NAMES);
    assertThat(dictionary.byteLength() / NAMES).isLessThan(20);
  }

  @Test
  void aDictionaryIsMadeOnceForAGraphAndAFolding() {
    CompactGraph graph = new CompactGraphBuilder().addLabel("Q1", "Hamlet").build();
    NameDictionary one = NameDictionary.of(graph, Folding.LOOSE);
    assertThat(NameDictionary.of(graph, new Folding(true, true))).isSameAs(one);
    assertThat(NameDictionary.of(graph, new Folding(false, true))).isNotSameAs(one);
    CompactGraph same = new CompactGraphBuilder().addLabel("Q1", "Hamlet").build();
    assertThat(NameDictionary.of(same, Folding.LOOSE)).isNotSameAs(one);
  }

  private static WeakReference<CompactGraph> usedAndForgotten(LabelLinker linker) {
    CompactGraph graph = new CompactGraphBuilder().addLabel("Q1", "Hamlet").build();
    assertThat(linker.link(graph, Question.of("q", "Hamlet", List.of())).question()).hasSize(1);
    return new WeakReference<>(graph);
  }

  @Test
  void aGraphThatNobodyUsesIsForgotten() {
    LabelLinker linker = new LabelLinker();
    WeakReference<CompactGraph> graph = usedAndForgotten(linker);
    for (int i = 0; i < 200 && graph.get() != null; i++) {
      System.gc();
    }
    assertThat(graph.get()).as("kept by the dictionary or by %s", linker.id()).isNull();
  }

  @Test
  void entitiesOfOneNameComeByDegreeThenId() {
    CompactGraph graph =
        new CompactGraphBuilder()
            .addTriple("Q3", "p", "Q9")
            .addLabel("Q1", "Springfield")
            .addLabel("Q2", "springfield")
            .addLabel("Q3", "Spring-Field")
            .addLabel("Q4", "SPRINGFIELD")
            .addAlias("Q4", "Springfield")
            .build();
    NameDictionary dictionary = NameDictionary.of(graph, Folding.LOOSE);
    int name = NameMatcher.whole(dictionary, FoldedText.whole("springfield", Folding.LOOSE));
    assertThat(IntStream.of(dictionary.entities(name, 64)).mapToObj(graph::entityId))
        .containsExactly("Q1", "Q2", "Q4");
    assertThat(dictionary.count(name)).isEqualTo(3);
    assertThat(dictionary.best(name)).isEqualTo(graph.entity("Q1").orElseThrow());
    assertThat(dictionary.entities(name, 2)).hasSize(2);
    assertThat(dictionary.degrees(name, 64)).containsExactly(0, 0, 0);
    int other = NameMatcher.whole(dictionary, FoldedText.whole("spring field", Folding.LOOSE));
    assertThat(dictionary.entities(other, 64)).containsExactly(graph.entity("Q3").orElseThrow());
  }

  @Test
  void foldingIsWhatThePageSays() {
    for (String same :
        List.of(
            "Straße=STRASSE",
            "ＦＵＬＬ=full",
            "İstanbul=istanbul",
            "ısparta=ISPARTA",
            "ΟΔΟΣ=οδος",
            "ΟΔΟΣ=οδοσ",
            "e\u0301cole=École",
            "ﬁlm=film",
            "a\u00ADb=ab",
            "x_y=x y",
            "ｶﾞ=ガ",
            "\u1100\u1161=가",
            "𐐀=𐐨",
            "AC/DC=ac dc",
            "Ⅳ=iv")) {
      String[] both = same.split("=");
      assertThat(FoldedText.of(both[0], Folding.LOOSE).key())
          .as(same)
          .isEqualTo(FoldedText.of(both[1], Folding.LOOSE).key());
    }
    assertThat(FoldedText.of("\uD800a", Folding.LOOSE).key()).isEqualTo("a");
    assertThat(FoldedText.of("\u00E9", Folding.LOOSE).key()).isNotEqualTo("e");
  }
}
