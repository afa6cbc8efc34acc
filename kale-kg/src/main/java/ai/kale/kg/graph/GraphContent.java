package ai.kale.kg.graph;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a {@link CompactGraph} holds until it is closed. */
final class GraphContent {
  final IdDictionary entities;
  final IdDictionary relations;
  final NameTable entityNames;
  final NameTable relationNames;
  final AdjacencyArrays arcs;
  final @Nullable TripleSources sources;
  final long duplicates;
  private final @Nullable Known known;
  private @Nullable IdRanks entityRanks;
  private @Nullable IdRanks relationRanks;
  private @Nullable String snapshot;

  /** What a file knows already. */
  record Known(String snapshot, IntColumn entityOrder, IntColumn relationOrder) {}

  GraphContent(
      IdDictionary entities,
      IdDictionary relations,
      NameTable entityNames,
      NameTable relationNames,
      AdjacencyArrays arcs,
      @Nullable TripleSources sources,
      long duplicates,
      @Nullable Known known) {
    this.entities = entities;
    this.relations = relations;
    this.entityNames = entityNames;
    this.relationNames = relationNames;
    this.arcs = arcs;
    this.sources = sources;
    this.duplicates = duplicates;
    this.known = known;
    this.snapshot = known == null ? null : known.snapshot();
  }

  /** The same on the heap. */
  GraphContent onHeap() {
    return new GraphContent(
        entities.onHeap(),
        relations.onHeap(),
        entityNames.onHeap(),
        relationNames.onHeap(),
        arcs.onHeap(),
        sources == null ? null : sources.onHeap(),
        duplicates,
        new Known(
            snapshot(), IntColumn.of(entityRanks().byRank), IntColumn.of(relationRanks().byRank)));
  }

  synchronized IdRanks entityRanks() {
    IdRanks ranks = entityRanks;
    if (ranks == null) {
      ranks = known == null ? new IdRanks(entities) : IdRanks.of(known.entityOrder());
      entityRanks = ranks;
    }
    return ranks;
  }

  synchronized IdRanks relationRanks() {
    IdRanks ranks = relationRanks;
    if (ranks == null) {
      ranks = known == null ? new IdRanks(relations) : IdRanks.of(known.relationOrder());
      relationRanks = ranks;
    }
    return ranks;
  }

  synchronized String snapshot() {
    String text = snapshot;
    if (text == null) {
      text = "sha256:" + HexFormat.of().formatHex(new ContentHash(this).digest());
      snapshot = text;
    }
    return text;
  }
}
