package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks several linkers in turn and takes the result of the first that finds an entity in the
 * question; if none does, that of the last one. Safe for use by several threads if they are.
 */
public final class FallbackLinker implements EntityLinker {
  private final List<EntityLinker> linkers;

  /**
   * Creates a linker.
   *
   * @param first asked first
   * @param others asked in turn
   */
  public FallbackLinker(EntityLinker first, EntityLinker... others) {
    this.linkers = Stream.concat(Stream.of(first), Stream.of(others)).toList();
  }

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    Links links = linkers.get(0).link(graph, question);
    for (int i = 1; i < linkers.size() && links.question().isEmpty(); i++) {
      links = linkers.get(i).link(graph, question);
    }
    return links;
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return linkers.stream().map(EntityLinker::id).collect(Collectors.joining(" else "));
  }
}
