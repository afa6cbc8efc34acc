package ai.kale.kg.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IdDictionaryTest {
  private static IdDictionary of(Iterable<String> ids) {
    IdDictionaryBuilder builder = new IdDictionaryBuilder();
    ids.forEach(id -> builder.add(IdKeys.require(id)));
    return builder.freeze().ids();
  }

  /** Ids with and without namespaces, from all over Unicode, zero characters included. */
  @Provide
  Arbitrary<List<String>> ids() {
    Arbitrary<String> unit =
        Arbitraries.of("a", "b", "\0", "é", "\uE000", "\uFFFD", "\uD83D\uDE00", "/", "#", "Q1");
    Arbitrary<String> local =
        unit.list().ofMinSize(1).ofMaxSize(12).map(parts -> String.join("", parts));
    Arbitrary<String> space = Arbitraries.of("", "", "http://x/", "http://x/y#", "http://xé/", "/");
    return space.flatMap(prefix -> local.map(text -> prefix + text)).list().ofMaxSize(60);
  }

  @Property(tries = 200, seed = "20261122")
  void numbersAndIdsRoundTrip(@ForAll("ids") List<String> ids) {
    IdDictionary dictionary = of(ids);
    Set<String> distinct = new TreeSet<>(ids);
    assertThat(dictionary.size()).isEqualTo(distinct.size());
    int number = 0;
    for (String id : distinct) {
      assertThat(dictionary.find(id)).isEqualTo(number);
      assertThat(dictionary.get(number++)).isEqualTo(id);
      assertThat(dictionary.find(id + "?")).isEqualTo(-1);
    }
  }

  @Property(tries = 100, seed = "20261122")
  void eachNumberBeforeFreezingHasOneAfter(@ForAll("ids") List<String> ids) {
    IdDictionaryBuilder builder = new IdDictionaryBuilder();
    int[] before = ids.stream().mapToInt(id -> builder.add(IdKeys.require(id))).toArray();
    IdDictionaryBuilder.Frozen frozen = builder.freeze();
    for (int i = 0; i < before.length; i++) {
      assertThat(frozen.ids().get(frozen.numbers()[before[i]])).isEqualTo(ids.get(i));
    }
  }

  @Property(tries = 100, seed = "20261122")
  void aBatchGivesTheSameNumbersAsOneByOne(@ForAll("ids") List<String> ids) {
    CompactGraphBuilder one = new CompactGraphBuilder();
    TripleBatch batch = new TripleBatch();
    for (int i = 0; i + 2 < ids.size(); i++) {
      one.addTriple(ids.get(i), ids.get(i + 1), ids.get(i + 2));
      for (int field = 0; field < 3; field++) {
        byte[] bytes = IdKeys.require(ids.get(i + field));
        batch.field(bytes, 0, bytes.length, field);
      }
      batch.endTriple(1, i);
    }
    CompactGraph expected = one.build();
    CompactGraph graph = new CompactGraphBuilder().addAll(batch).build();
    assertThat(GraphFileTest.told(graph)).isEqualTo(GraphFileTest.told(expected));
  }

  @Example
  void manyIdsAndNamespaces() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      ids.add("http://x/" + i % 70_000 + "/" + i);
    }
    IdDictionary dictionary = of(ids);
    assertThat(dictionary.namespaces.size()).isEqualTo(1 << 16);
    List<String> sorted = ids.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      assertThat(dictionary.find(sorted.get(i))).isEqualTo(i);
    }
    assertThat(dictionary.find("http://x/1/2")).isEqualTo(-1);
    assertThat(ids.stream().skip(99_990).map(dictionary::find).collect(Collectors.toSet()))
        .hasSize(10);
  }

  @Example
  void textThatCannotBeKeptIsRefused() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    assertThatThrownBy(() -> builder.addTriple("a\uD83D", "r", "b"))
        .hasMessageContaining("unpaired surrogate");
    assertThatThrownBy(() -> builder.addTriple("é\uD83D", "r", "b"))
        .hasMessageContaining("unpaired surrogate");
    String huge = "x".repeat(CompactGraphBuilder.MAX_TEXT_BYTES + 1);
    assertThatThrownBy(() -> builder.addTriple("a", "r", huge)).hasMessageContaining("at most");
    String large = huge.substring(1);
    CompactGraph graph = builder.addTriple("a?", "r", large).addTriple(large, "r", "b").build();
    assertThat(graph.entity(large)).hasValue(2);
    assertThat(graph.entityId(2)).isEqualTo(large);
    assertThat(graph.entity("a\uD83D")).isEmpty();
  }
}
