package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.EntityRef;
import ai.kale.data.Question;
import ai.kale.ground.References;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures a linker against annotated questions. The annotation, {@link Question#topics} and {@code
 * [brackets]}, is hidden from the linker; what it finds in the bare text is compared with what
 * {@link TopicLinker} makes of the annotation. The answers are not hidden, since they are known
 * where training data is made; a linker that looks at them is measured with them.
 *
 * <p>Streams: {@value #BLOCK} questions are linked with one call and then forgotten. One thread;
 * the report is the same whatever the graph's backend.
 */
public final class LinkerEvaluation {
  private static final int BLOCK = 32;

  private final KnowledgeGraph graph;
  private final EntityLinker linker;
  private final EntityLinker truth = new TopicLinker();

  private LinkerEvaluation(KnowledgeGraph graph, EntityLinker linker) {
    this.graph = graph;
    this.linker = linker;
  }

  /**
   * An evaluation.
   *
   * @param graph whose entities are meant; not closed
   * @param linker what is measured
   * @return an evaluation
   */
  public static LinkerEvaluation of(KnowledgeGraph graph, EntityLinker linker) {
    return new LinkerEvaluation(graph, linker);
  }

  /**
   * Links all questions and counts.
   *
   * @param questions annotated questions; those without annotation are counted and not linked
   * @return the counts
   */
  public LinkerReport run(Iterable<Question> questions) {
    return run(questions.iterator(), question -> {});
  }

  /**
   * Links all questions, counts, and tells of each.
   *
   * @param questions annotated questions; those without annotation are counted and not linked
   * @param each told what was expected and found of each question that has an annotation, in order
   * @return the counts
   */
  public LinkerReport run(Iterator<Question> questions, Consumer<LinkedQuestion> each) {
    LinkerTally tally = new LinkerTally();
    List<Question> block = new ArrayList<>();
    while (questions.hasNext()) {
      Question question = questions.next();
      if (TopicLinker.annotation(question).isEmpty()) {
        tally.addWithoutAnnotation();
      } else {
        block.add(question);
      }
      if (block.size() == BLOCK || (!questions.hasNext() && !block.isEmpty())) {
        compare(block, tally, each);
        block.clear();
      }
    }
    return tally.report();
  }

  private void compare(List<Question> block, LinkerTally tally, Consumer<LinkedQuestion> each) {
    List<Question> bare = block.stream().map(TopicLinker::withoutAnnotation).toList();
    List<Links> expected =
        truth.linkAll(graph, block.stream().map(q -> q.withAnswers(List.of())).toList());
    List<Links> found = linker.linkAll(graph, bare);
    for (int i = 0; i < block.size(); i++) {
      LinkedQuestion compared = compare(bare.get(i), expected.get(i), found.get(i));
      tally.add(compared);
      each.accept(compared);
    }
  }

  private LinkedQuestion compare(Question question, Links expected, Links found) {
    Set<Integer> missed = new LinkedHashSet<>(expected.question());
    missed.removeAll(found.question());
    Set<Integer> invented = new LinkedHashSet<>(found.question());
    invented.removeAll(expected.question());
    List<Integer> all = new ArrayList<>(expected.question());
    all.addAll(invented);
    References references =
        References.lookUp(graph, all.stream().mapToInt(Integer::intValue).toArray(), List.of());
    List<String> reasons = new ArrayList<>(expected.unlinked());
    List<EntityRef> missedRefs = refs(references, missed);
    int index = 0;
    for (int entity : missed) {
      reasons.add("missed '" + missedRefs.get(index++).label() + "': " + why(entity, found));
    }
    reasons.addAll(found.unlinked());
    Set<Integer> correct = new LinkedHashSet<>(expected.question());
    correct.removeAll(missed);
    return new LinkedQuestion(
        question,
        refs(references, correct),
        missedRefs,
        refs(references, invented),
        expected.unlinked().size(),
        ambiguous(found),
        reasons);
  }

  private static int ambiguous(Links links) {
    return (int)
        links.mentions().stream()
            .filter(mention -> mention.side() != Side.ANSWER && mention.candidates().size() > 1)
            .count();
  }

  private static String why(int entity, Links found) {
    for (Mention mention : found.mentions()) {
      boolean candidate = mention.candidates().stream().anyMatch(c -> c.entity() == entity);
      if (mention.side() != Side.ANSWER && candidate) {
        return "'" + mention.text() + "' was taken for another of its candidates";
      }
    }
    return "no mention of it was found";
  }

  private static List<EntityRef> refs(References references, Set<Integer> entities) {
    return references.entities(entities.stream().mapToInt(Integer::intValue).toArray());
  }
}
