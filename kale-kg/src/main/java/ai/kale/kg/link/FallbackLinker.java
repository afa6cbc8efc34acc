package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks several linkers in turn and takes the entities and mentions of the first that finds an
 * entity in the question; if none does, those of the last one asked. The reasons of all that were
 * asked are kept in {@link Links#unlinked}, in their order; a reason of a linker whose result was
 * not taken begins with the linker's {@link #id}, and is left out where the result taken has the
 * same.
 *
 * <p>A question that annotates an entity the graph does not have is linked by the next linker to
 * whatever else its text names, unless {@link #onlyWithoutAnnotation} says not to. Of many
 * questions the next linker gets those that are left, at once. Safe for use by several threads if
 * the linkers are.
 */
public final class FallbackLinker implements EntityLinker {
  private final List<EntityLinker> linkers;
  private final boolean onlyWithoutAnnotation;

  /**
   * Creates a linker.
   *
   * @param first asked first
   * @param others asked in turn
   */
  public FallbackLinker(EntityLinker first, EntityLinker... others) {
    this(Stream.concat(Stream.of(first), Stream.of(others)).toList(), false);
  }

  private FallbackLinker(List<EntityLinker> linkers, boolean onlyWithoutAnnotation) {
    this.linkers = linkers;
    this.onlyWithoutAnnotation = onlyWithoutAnnotation;
  }

  /**
   * The same, but a question with an annotation is left to the first linker, usually a {@link
   * TopicLinker}: where it finds nothing, the question stays unlinked with its reason, and is not
   * linked to something else.
   *
   * @return a new linker that asks the others only about questions with neither {@link
   *     Question#topics} nor texts in {@code [brackets]}
   */
  public FallbackLinker onlyWithoutAnnotation() {
    return new FallbackLinker(linkers, true);
  }

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    return linkAll(graph, List.of(question)).get(0);
  }

  /** Asks each linker once, for the questions that are left. */
  @Override
  public List<Links> linkAll(KnowledgeGraph graph, List<Question> questions) {
    List<List<Links>> asked = new ArrayList<>();
    questions.forEach(question -> asked.add(new ArrayList<>()));
    int[] left = IntStream.range(0, questions.size()).toArray();
    for (EntityLinker linker : linkers) {
      if (left.length == 0) {
        break;
      }
      List<Links> found =
          linker.linkAll(graph, IntStream.of(left).mapToObj(questions::get).toList());
      for (int i = 0; i < left.length; i++) {
        asked.get(left[i]).add(found.get(i));
      }
      int[] now = left;
      left =
          IntStream.range(0, now.length)
              .filter(i -> found.get(i).question().isEmpty())
              .map(i -> now[i])
              .filter(q -> passesOn(questions.get(q)))
              .toArray();
    }
    return asked.stream().map(this::lastWithReasons).toList();
  }

  private boolean passesOn(Question question) {
    return !onlyWithoutAnnotation || TopicLinker.annotation(question).isEmpty();
  }

  /** The last result, which is the one taken, with the reasons of those before it. */
  private Links lastWithReasons(List<Links> results) {
    Links taken = results.get(results.size() - 1);
    if (results.size() == 1) {
      return taken;
    }
    Set<String> known = Set.copyOf(taken.unlinked());
    Set<String> reasons = new LinkedHashSet<>();
    for (int i = 0; i + 1 < results.size(); i++) {
      for (String reason : results.get(i).unlinked()) {
        if (!known.contains(reason)) {
          reasons.add(linkers.get(i).id() + ": " + reason);
        }
      }
    }
    reasons.addAll(taken.unlinked());
    return new Links(taken.question(), taken.answer(), List.copyOf(reasons), taken.mentions());
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return linkers.stream()
        .map(EntityLinker::id)
        .collect(
            Collectors.joining(onlyWithoutAnnotation ? " else, if not annotated, " : " else "));
  }
}
