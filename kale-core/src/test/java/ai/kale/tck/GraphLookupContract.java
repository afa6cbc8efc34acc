package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.KnowledgeGraph;
import ai.kale.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Ids, handles, names and labels. */
public abstract class GraphLookupContract extends GraphFixture {
  GraphLookupContract() {}

  @Property(tries = 25, seed = "20261122")
  public void lookupsRoundTrip(@ForAll("triples") List<String[]> triples) {
    try (KnowledgeGraph graph = create(triples)) {
      for (String[] triple : triples) {
        assertThat(graph.entityId(handle(graph, triple[0]))).isEqualTo(triple[0]);
        assertThat(graph.entityId(handle(graph, triple[2]))).isEqualTo(triple[2]);
        int relation = graph.relation(triple[1]).orElseThrow();
        assertThat(graph.relationId(relation)).isEqualTo(triple[1]);
        assertThat(graph.relationLabel(relation)).isNotEmpty();
      }
    }
  }

  @Example
  public void unknownIdsAreMinusOne() {
    try (KnowledgeGraph graph = create(few())) {
      String unknown = entity("nowhere");
      int known = handle(graph, entity("e2"));
      assertThat(graph.entities(List.of(unknown, entity("e2"), unknown)))
          .containsExactly(-1, known, -1);
      assertThat(graph.entity(unknown)).isEmpty();
      assertThat(graph.relation(relation("nowhere"))).isEmpty();
    }
  }

  @Example
  public void nothingAskedIsNothingFound() {
    try (KnowledgeGraph graph = create(few())) {
      assertThat(graph.entities(List.of())).isEmpty();
      assertThat(graph.names(new int[0])).isEmpty();
      assertThat(graph.labels(new int[0])).isEmpty();
      assertThat(read(graph, Direction.BOTH)).isEmpty();
    }
  }

  /** Ids that need care on the wire and in files. */
  @Example
  public void idsMayHoldSpacesPercentAndAnyScript() {
    List<String[]> triples =
        List.of(
            triple("Zürich am See", "liegt in", "100%25 Schweiz"),
            triple("東京", "a/b#c", "O'Brien \"x\""),
            triple("100% Schweiz", "liegt%20in", "Zürich am See"));
    try (KnowledgeGraph graph = create(triples)) {
      for (String[] triple : triples) {
        int subject = handle(graph, triple[0]);
        int relation = graph.relation(triple[1]).orElseThrow();
        assertThat(graph.entityId(subject)).isEqualTo(triple[0]);
        assertThat(graph.relationId(relation)).isEqualTo(triple[1]);
        assertThat(read(graph, Direction.BOTH, subject))
            .containsExactlyInAnyOrderElementsOf(expected(triples, triple[0], Direction.BOTH));
      }
      assertThat(graph.entity(entity("Zürich%20am%20See"))).isEmpty();
    }
  }

  @Example
  public void namesAndLabelsOfManyAreThoseOfEach() {
    List<String[]> triples = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      triples.add(triple("e" + i, "r0", "e" + (i * 7 + 1) % 200));
    }
    try (KnowledgeGraph graph = create(triples)) {
      int[] asked = handles(graph, entityIds(triples));
      asked = append(asked, asked[3], asked[0], asked[3]);
      List<List<String>> names = graph.names(asked);
      List<String> labels = graph.labels(asked);
      assertThat(names).hasSameSizeAs(labels).hasSize(asked.length);
      for (int i = 0; i < asked.length; i++) {
        assertThat(names.get(i)).isEqualTo(graph.names(new int[] {asked[i]}).get(0));
        assertThat(labels.get(i)).isNotEmpty().isEqualTo(graph.label(asked[i]));
        if (!names.get(i).isEmpty()) {
          assertThat(labels.get(i)).as("the label").isEqualTo(names.get(i).get(0));
        }
      }
    }
  }

  /** Makes a graph with names: see {@link KnowledgeGraphContract#createNamed}. */
  protected abstract Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names);

  /** Whether it names relations: see {@link KnowledgeGraphContract#namesRelations}. */
  protected abstract boolean namesRelations();

  /**
   * Neither the first nor the last of the names as strings is the label, and aliases may repeat.
   */
  @Example
  public void namesAreThoseGivenAndTheLabelIsTheFirst() {
    Map<String, List<String>> given = new TreeMap<>();
    given.put(entity("e1"), List.of("Marie \"Curie\"", "Zoë", "Ańia 東京", "marie"));
    given.put(entity("e2"), List.of("Zoë"));
    given.put(relation("r1"), List.of("is a friend of"));
    Optional<KnowledgeGraph> made = createNamed(few(), given);
    if (made.isEmpty()) {
      return; // This kind of graph has no names.
    }
    try (KnowledgeGraph graph = made.get()) {
      List<String> ids = List.of(entity("e3"), entity("e1"), entity("e2"), entity("e1"));
      int[] asked = handles(graph, ids);
      List<List<String>> names = graph.names(asked);
      List<String> labels = graph.labels(asked);
      for (int i = 0; i < asked.length; i++) {
        List<String> own = given.getOrDefault(ids.get(i), List.of());
        String label = own.isEmpty() ? Labels.fromId(ids.get(i)) : own.get(0);
        assertThat(names.get(i)).containsExactlyInAnyOrderElementsOf(own);
        assertThat(names.get(i).stream().limit(1))
            .as("the preferred name of %s", ids.get(i))
            .containsExactlyElementsOf(own.stream().limit(1).toList());
        assertThat(graph.names(new int[] {asked[i]})).isEqualTo(names.subList(i, i + 1));
        assertThat(labels.get(i)).as("label of %s", ids.get(i)).isEqualTo(label);
        assertThat(graph.label(asked[i])).isEqualTo(label);
      }
      String named = namesRelations() ? "is a friend of" : Labels.fromId(relation("r1"));
      assertThat(relationLabel(graph, "r1")).isEqualTo(named);
      assertThat(relationLabel(graph, "r2")).isEqualTo(Labels.fromId(relation("r2")));
    }
  }

  private String relationLabel(KnowledgeGraph graph, String name) {
    return graph.relationLabel(graph.relation(relation(name)).orElseThrow());
  }

  @Example
  public void handlesAreDenseAndStay() {
    List<String[]> triples = new ArrayList<>(few());
    triples.add(triple("e3", "r1", "e4"));
    try (KnowledgeGraph graph = create(triples)) {
      List<String> ids = new ArrayList<>(entityIds(triples));
      Collections.reverse(ids);
      int[] first = graph.entities(ids);
      assertThat(new TreeSet<>(Arrays.stream(first).boxed().toList())).hasSameSizeAs(ids);
      int count = graph.entityCount();
      assertThat(Arrays.stream(first)).allMatch(handle -> handle >= 0 && handle < count);
      ids.add(ids.get(0));
      read(graph, Direction.BOTH, first);
      assertThat(graph.entities(ids)).isEqualTo(append(first, first[0]));
      int relation = graph.relation(relation("r2")).orElseThrow();
      assertThat(relation).isBetween(0, graph.relationCount() - 1);
      assertThat(graph.relation(relation("r1")).orElseThrow()).isNotEqualTo(relation);
      assertThat(graph.relation(relation("r2"))).hasValue(relation);
    }
  }

  @Example
  public void handlesNeverIssuedAreRefused() {
    try (KnowledgeGraph graph = create(few())) {
      int known = handle(graph, entity("e1"));
      int[] relations = {-1, graph.relationCount() + 1_000_000, Integer.MAX_VALUE};
      for (int wrong : new int[] {-1, graph.entityCount() + 1_000_000, Integer.MAX_VALUE}) {
        Class<IndexOutOfBoundsException> error = IndexOutOfBoundsException.class;
        throwsA(error, "entityId of " + wrong, () -> graph.entityId(wrong));
        throwsA(error, "label of " + wrong, () -> graph.label(wrong));
        throwsA(error, "names of " + wrong, () -> graph.names(new int[] {known, wrong}));
        throwsA(error, "labels of " + wrong, () -> graph.labels(new int[] {known, wrong}));
        throwsA(error, "arcs of " + wrong, () -> read(graph, Direction.BOTH, known, wrong));
        throwsA(error, "degree of " + wrong, () -> graph.degrees(new int[] {known, wrong}));
      }
      for (int wrong : relations) {
        Class<IndexOutOfBoundsException> error = IndexOutOfBoundsException.class;
        throwsA(error, "relationId of " + wrong, () -> graph.relationId(wrong));
        throwsA(error, "relationLabel of " + wrong, () -> graph.relationLabel(wrong));
      }
    }
  }
}
