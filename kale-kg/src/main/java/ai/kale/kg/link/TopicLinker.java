package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links the entities that the data set annotates: {@link Question#topics}, and texts in {@code
 * [brackets]} in the question; each by id, then by name. Answers are linked by name, then by id.
 *
 * <p>On a graph that cannot enumerate its entities only ids are linked. O(1) a text once the names
 * of a graph are indexed. Safe for use by several threads.
 */
public final class TopicLinker implements EntityLinker {
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)\\]");

  /** Creates a linker; it has no state. */
  public TopicLinker() {}

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    Set<String> topics = new LinkedHashSet<>(question.topics());
    Matcher matcher = BRACKETS.matcher(question.text());
    while (matcher.find()) {
      topics.add(matcher.group(1));
    }
    AnswerLinks found = AnswerLinks.byIdThenName(graph, topics);
    AnswerLinks answers = AnswerLinks.byNameThenId(graph, question.answers());
    List<String> unlinked = new ArrayList<>(found.unlinked);
    if (topics.isEmpty()) {
      unlinked.add("question: it has neither topics nor [brackets]");
    }
    unlinked.addAll(answers.unlinked);
    return new Links(List.copyOf(found.entities), List.copyOf(answers.entities), unlinked);
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "topic/1";
  }
}
