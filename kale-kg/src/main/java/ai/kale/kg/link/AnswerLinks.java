package ai.kale.kg.link;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Links whole texts: answers and annotated topics. */
final class AnswerLinks {
  final Set<Integer> entities = new LinkedHashSet<>();
  final List<String> unlinked = new ArrayList<>();

  /** Links each text by name first, then by id. */
  static AnswerLinks byNameThenId(KnowledgeGraph graph, Collection<String> texts) {
    AnswerLinks links = new AnswerLinks();
    for (String text : texts) {
      if (links.checkText("answer", text)
          && !links.addNamed(graph, text)
          && !links.addId(graph, text)) {
        links.unlinked.add("answer '" + text + "': " + reason(graph));
      }
    }
    return links;
  }

  /** Links each text by id first, then by name. */
  static AnswerLinks byIdThenName(KnowledgeGraph graph, Collection<String> texts) {
    AnswerLinks links = new AnswerLinks();
    for (String text : texts) {
      if (links.checkText("topic", text)
          && !links.addId(graph, text)
          && !links.addNamed(graph, text)) {
        links.unlinked.add("topic '" + text + "': " + reason(graph));
      }
    }
    return links;
  }

  private boolean checkText(String kind, String text) {
    if (text.isBlank()) {
      unlinked.add(kind + " '" + text + "': the text is empty");
      return false;
    }
    return true;
  }

  private boolean addNamed(KnowledgeGraph graph, String text) {
    if (!canEnumerate(graph)) {
      return false;
    }
    int[] found = NameIndex.of(graph).findWhole(graph, text);
    for (int entity : found) {
      entities.add(entity);
    }
    return found.length > 0;
  }

  private boolean addId(KnowledgeGraph graph, String text) {
    int entity = graph.entities(List.of(text))[0];
    if (entity < 0) {
      entity = graph.entities(List.of(text.strip()))[0];
    }
    return entity >= 0 && (entities.add(entity) || entities.contains(entity));
  }

  private static String reason(KnowledgeGraph graph) {
    return canEnumerate(graph)
        ? "the graph has no entity of this name or id"
        : "the graph has no entity of this id, and cannot be searched by name";
  }

  private static boolean canEnumerate(KnowledgeGraph graph) {
    return graph.capabilities().contains(GraphCapability.ENUMERATION);
  }
}
