package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Handles rise with ids, however a graph was made. */
class HandleOrderTest {
  /** Where the orders of bytes and of strings differ: U+E000 to U+FFFF against what is above. */
  private static final String[] PARTS = {
    "a",
    "b",
    "Z",
    "0",
    "10",
    "9",
    "\0",
    "é",
    "中",
    "\uD7FF",
    "\uE000",
    "\uFFFF",
    "\uD800\uDC00",
    "\uDBFF\uDFFF",
    "/",
    "#",
    " "
  };

  private static final String[] SPACES = {
    "", "/", "http://x/", "http://x/y#", "http://x/y/", "http://xé/", "http://x\uD83D\uDE00/"
  };

  @Provide
  Arbitrary<List<String[]>> triples() {
    Arbitrary<String> local =
        Arbitraries.of(PARTS).list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("", parts));
    Arbitrary<String> id = Combinators.combine(Arbitraries.of(SPACES), local).as(String::concat);
    return id.list().ofSize(3).map(ids -> ids.toArray(String[]::new)).list().ofMaxSize(40);
  }

  private static CompactGraph built(List<String[]> triples) {
    CompactGraphBuilder builder = CompactGraphBuilder.weighted().keepSources();
    for (String[] t : triples) {
      builder.at(lineOf(t), "").addTriple(t[0], t[1], t[2], lineOf(t) % 7);
      builder.addLabel(t[0], "<" + t[0] + ">").addLabel(t[1] + "!", "nobody's but its own");
    }
    return builder.build();
  }

  private static int lineOf(String[] triple) {
    return (String.join("\t", triple).hashCode() & 0xffff) + 1;
  }

  private static void rises(CompactGraph graph) {
    for (int e = 1; e < graph.entityCount(); e++) {
      assertThat(graph.entityId(e - 1).compareTo(graph.entityId(e))).isNegative();
    }
    for (int r = 1; r < graph.relationCount(); r++) {
      assertThat(graph.relationId(r - 1).compareTo(graph.relationId(r))).isNegative();
    }
    for (int e = 0; e < graph.entityCount(); e++) {
      assertThat(graph.entity(graph.entityId(e))).hasValue(e);
    }
  }

  @Property(tries = 100, seed = "20261122")
  void inAGraphThatWasBuilt(@ForAll("triples") List<String[]> triples) {
    CompactGraph graph = built(triples);
    rises(graph);
    Set<String> ids = new TreeSet<>();
    Set<String> relations = new TreeSet<>();
    triples.forEach(t -> Collections.addAll(ids, t[0], t[2]));
    triples.forEach(t -> relations.add(t[1]));
    triples.stream().map(t -> t[1] + "!").filter(id -> !relations.contains(id)).forEach(ids::add);
    assertThat(graph.entityCount()).isEqualTo(ids.size());
    assertThat(graph.relationCount()).isEqualTo(relations.size());
    assertThat(graph.entities(List.copyOf(ids)))
        .isEqualTo(IntStream.range(0, ids.size()).toArray());
    for (String[] t : triples) {
      int[] ends = graph.entities(List.of(t[0], t[2]));
      int relation = graph.relation(t[1]).orElseThrow();
      assertThat(graph.source(ends[0], relation, ends[1]).orElseThrow().line())
          .isEqualTo(lineOf(t));
      assertThat(graph.label(ends[0])).isEqualTo("<" + t[0] + ">");
    }
  }

  @Property(tries = 60, seed = "20261122")
  void inWhateverOrderTheTriplesCame(
      @ForAll("triples") List<String[]> triples, @ForAll Random random) {
    List<String[]> shuffled = new ArrayList<>(triples);
    Collections.shuffle(shuffled, random);
    assertThat(GraphFileTest.told(built(shuffled))).isEqualTo(GraphFileTest.told(built(triples)));
  }

  @Property(tries = 40, seed = "20261122")
  void inAFileAndInItsCopyInMemory(@ForAll("triples") List<String[]> triples) throws IOException {
    Path file = Files.createTempFile("order", ".kg");
    try {
      CompactGraph graph = built(triples);
      graph.write(file);
      CompactGraph.verify(file);
      try (CompactGraph opened = CompactGraph.open(file);
          CompactGraph copy = opened.inMemory()) {
        rises(opened);
        rises(copy);
        assertThat(GraphFileTest.told(copy)).isEqualTo(GraphFileTest.told(graph));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 60, seed = "20261122")
  void inCopiesOfWholeGraphsAndOfParts(@ForAll("triples") List<String[]> triples) {
    CompactGraph graph = built(triples);
    rises(CompactCopies.of(graph));
    assertThat(CompactCopies.of(graph).snapshot()).isEqualTo(graph.snapshot());
    for (int r = 0; r < graph.relationCount(); r++) {
      rises(SubGraph.of(graph).keepRelations(Set.of(graph.relationId(r))).copy());
    }
  }

  @Example
  void inGraphsWithNothingOrLittle() {
    rises(new CompactGraphBuilder().build());
    CompactGraph alone = new CompactGraphBuilder().addEntity("a").build();
    rises(alone);
    assertThat(alone.degrees(new int[] {0})).containsExactly(0);
    rises(new CompactGraphBuilder().addEntity("b").addEntity("a").build());
    rises(new CompactGraphBuilder().addLabel("b", "B").addTriple("a", "a", "a").build());
  }

  /** So many that the work is shared among threads, with runs of equal beginnings of all sizes. */
  @Example
  void inAGraphThatIsSortedByAllProcessors() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 90_000; i++) {
      String local = i % 3 == 0 ? "" + i : "a rather long beginning, the same in many " + i;
      ids.add(SPACES[i % SPACES.length] + local + PARTS[i % PARTS.length]);
    }
    Collections.shuffle(ids, new Random(20261122));
    CompactGraphBuilder builder = new CompactGraphBuilder();
    ids.forEach(id -> builder.addTriple(id, "r", ids.get(0)));
    CompactGraph graph = builder.build();
    List<String> sorted = ids.stream().distinct().sorted().toList();
    assertThat(graph.entities(sorted)).isEqualTo(IntStream.range(0, sorted.size()).toArray());
    int hub = graph.entity(ids.get(0)).orElseThrow();
    assertThat(graph.degree(hub)).isEqualTo(sorted.size() + 1);
  }
}
