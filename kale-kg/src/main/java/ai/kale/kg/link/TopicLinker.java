package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links the entities that the data set annotates: {@link Question#topics}, and texts in {@code
 * [brackets]} in the question; each by id, then by name. Answers are linked by name, then by id. A
 * name is taken for all entities that have exactly this name, or else for all that have it but for
 * case and punctuation; at most {@value #MOST} of them, the ones with most arcs, which is reported.
 *
 * <p>On a graph that cannot enumerate its entities only ids are linked. O(length) a text once the
 * names of a graph are indexed. Safe for use by several threads.
 */
public final class TopicLinker implements EntityLinker {
  static final int MOST = 64;

  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)\\]");

  /** Creates a linker; it has no state. */
  public TopicLinker() {}

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    Set<String> topics = annotation(question);
    LinkCollector links = new LinkCollector();
    WholeTexts whole = new WholeTexts(graph, Folding.LOOSE, MOST);
    whole.topics(topics, links);
    if (topics.isEmpty()) {
      links.unlinked("question: it has neither topics nor [brackets]");
    }
    whole.answers(question.answers(), links);
    return links.links();
  }

  /** The texts that a question annotates, each once. */
  static Set<String> annotation(Question question) {
    Set<String> topics = new LinkedHashSet<>(question.topics());
    Matcher matcher = BRACKETS.matcher(question.text());
    while (matcher.find()) {
      topics.add(matcher.group(1));
    }
    return topics;
  }

  /**
   * A question without its annotation: no topics, and the text without brackets around entities.
   *
   * @param question any question
   * @return the same question as it would be asked
   */
  public static Question withoutAnnotation(Question question) {
    String text = BRACKETS.matcher(question.text()).replaceAll("$1");
    return new Question(
        question.id(),
        text,
        question.instruction(),
        question.passage(),
        question.answers(),
        question.choices(),
        List.of(),
        question.group(),
        question.extra());
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "topic/2";
  }
}
