package ai.kale.kg.link;

import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts the links of one question together. */
final class LinkCollector {
  private final Set<Integer> question = new LinkedHashSet<>();
  private final Set<Integer> answer = new LinkedHashSet<>();
  private final List<String> unlinked = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();

  /** Adds a mention and what it is taken for. */
  void add(Mention mention, List<Integer> resolved) {
    mentions.add(mention);
    resolve(mention.side(), resolved);
  }

  /** Adds entities of a mention that was added, or will be. */
  void resolve(Side side, List<Integer> resolved) {
    Set<Integer> taken = side == Side.ANSWER ? answer : question;
    for (int i = 0; i < resolved.size(); i++) {
      taken.add(resolved.get(i));
    }
  }

  void addMention(Mention mention) {
    mentions.add(mention);
  }

  void unlinked(String reason) {
    unlinked.add(reason);
  }

  /** Says so where not all entities of a name were kept. */
  void limited(String kind, String text, Candidates candidates) {
    if (candidates.total() > candidates.kept().size()) {
      unlinked.add(
          kind
              + " '"
              + text
              + "': "
              + candidates.total()
              + " entities have this name, and the best "
              + candidates.kept().size()
              + " are kept");
    }
  }

  boolean hasQuestionEntity() {
    return !question.isEmpty();
  }

  Links links() {
    return new Links(List.copyOf(question), List.copyOf(answer), unlinked, mentions);
  }
}
