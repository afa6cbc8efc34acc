package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks several linkers and takes the entities, the mentions and the reasons of all, each once, in
 * the order of the linkers. A text that one of them could not link stays reported though another
 * could. Safe for use by several threads if they are.
 */
public final class UnionLinker implements EntityLinker {
  private final List<EntityLinker> linkers;

  /**
   * Creates a linker.
   *
   * @param first its entities come first
   * @param others asked too
   */
  public UnionLinker(EntityLinker first, EntityLinker... others) {
    this.linkers = Stream.concat(Stream.of(first), Stream.of(others)).toList();
  }

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    return union(linkers.stream().map(linker -> linker.link(graph, question)).toList());
  }

  /** Passes the whole set on to each linker, since one of them may ask once for many. */
  @Override
  public List<Links> linkAll(KnowledgeGraph graph, List<Question> questions) {
    List<List<Links>> all =
        linkers.stream().map(linker -> linker.linkAll(graph, questions)).toList();
    List<Links> unions = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      int index = i;
      unions.add(union(all.stream().map(links -> links.get(index)).toList()));
    }
    return unions;
  }

  private static Links union(List<Links> all) {
    Set<Integer> question = new LinkedHashSet<>();
    Set<Integer> answer = new LinkedHashSet<>();
    Set<String> unlinked = new LinkedHashSet<>();
    Set<Mention> mentions = new LinkedHashSet<>();
    boolean told = true;
    for (Links links : all) {
      question.addAll(links.question());
      answer.addAll(links.answer());
      unlinked.addAll(links.unlinked());
      mentions.addAll(links.mentions());
      boolean nothing = links.question().isEmpty() && links.answer().isEmpty();
      told &= nothing || !links.mentions().isEmpty();
    }
    return new Links(
        List.copyOf(question),
        List.copyOf(answer),
        List.copyOf(unlinked),
        told ? List.copyOf(mentions) : List.of());
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return linkers.stream().map(EntityLinker::id).collect(Collectors.joining(" and "));
  }
}
