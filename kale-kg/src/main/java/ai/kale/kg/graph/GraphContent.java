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
  private @Nullable String snapshot;

  /** Takes the parts; ids are in their order, and the snapshot is null where nobody knows it. */
  GraphContent(
      IdDictionary entities,
      IdDictionary relations,
      NameTable entityNames,
      NameTable relationNames,
      AdjacencyArrays arcs,
      @Nullable TripleSources sources,
      long duplicates,
      @Nullable String snapshot) {
    this.entities = entities;
    this.relations = relations;
    this.entityNames = entityNames;
    this.relationNames = relationNames;
    this.arcs = arcs;
    this.sources = sources;
    this.duplicates = duplicates;
    this.snapshot = snapshot;
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
        snapshot());
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
