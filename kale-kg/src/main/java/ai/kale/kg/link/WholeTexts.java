package ai.kale.kg.link;

import ai.kale.GraphCapability;
import ai.kale.KnowledgeGraph;
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links texts that name an entity as a whole: answers by name, then by id; annotated topics by id,
 * then by name. Each is taken for all entities that have exactly this name, or else for all that
 * have it but for case and punctuation. For one question and one thread.
 */
final class WholeTexts {
  private final KnowledgeGraph graph;
  private final Folding folding;
  private final int most;
  private final boolean named;
  private @Nullable NameDictionary dictionary;
  private NameAutomaton.@Nullable Walk walk;

  /**
   * For texts of a question.
   *
   * @param graph where to look
   * @param folding which differences do not count
   * @param most candidates kept of each text
   */
  WholeTexts(KnowledgeGraph graph, Folding folding, int most) {
    this.graph = graph;
    this.folding = folding;
    this.most = most;
    this.named = graph.capabilities().contains(GraphCapability.ENUMERATION);
  }

  /** Links each answer. */
  void answers(Collection<String> texts, LinkCollector into) {
    for (String text : texts) {
      if (checkText("answer", text, into)
          && !addNamed(Side.ANSWER, "answer", text, into)
          && !addId(Side.ANSWER, text, into)) {
        into.unlinked("answer '" + text + "': " + reason());
      }
    }
  }

  /** Links each annotated text. */
  void topics(Collection<String> texts, LinkCollector into) {
    for (String text : texts) {
      if (checkText("topic", text, into)
          && !addId(Side.TOPIC, text, into)
          && !addNamed(Side.TOPIC, "topic", text, into)) {
        into.unlinked("topic '" + text + "': " + reason());
      }
    }
  }

  private static boolean checkText(String kind, String text, LinkCollector into) {
    if (text.isBlank()) {
      into.unlinked(kind + " '" + text + "': the text is empty");
      return false;
    }
    return true;
  }

  private boolean addNamed(Side side, String kind, String text, LinkCollector into) {
    if (!named) {
      return false;
    }
    NameDictionary names = dictionary == null ? NameDictionary.of(graph, folding) : dictionary;
    NameAutomaton.Walk steps = walk == null ? names.automaton().walk() : walk;
    dictionary = names;
    walk = steps;
    int name = NameMatcher.whole(names, steps, FoldedText.whole(text, folding));
    if (name < 0) {
      return false;
    }
    Candidates candidates = Candidates.of(graph, names, name, text, most);
    into.add(Mention.whole(side, text, candidates.kept()), candidates.best(candidates.exact()));
    into.limited(kind, text, candidates);
    return true;
  }

  private boolean addId(Side side, String text, LinkCollector into) {
    int entity = graph.entities(List.of(text))[0];
    if (entity < 0) {
      entity = graph.entities(List.of(text.strip()))[0];
    }
    if (entity >= 0) {
      into.add(Mention.whole(side, text, List.of(new Candidate(entity, 1))), List.of(entity));
    }
    return entity >= 0;
  }

  private String reason() {
    return named
        ? "the graph has no entity of this name or id"
        : "the graph has no entity of this id, and cannot be searched by name";
  }
}
