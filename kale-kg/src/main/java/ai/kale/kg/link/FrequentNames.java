package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the names that belong to the phrasing of a question set. A graph of films may have entities
 * called {@code film} and {@code director}; a word that many questions share says how they are
 * asked, not what they are about. Looks at the text of the questions only, not at annotations or
 * answers, so it may be used on the very questions that are linked.
 */
public final class FrequentNames {
  private static final int FEWEST = 20;

  private FrequentNames() {}

  /**
   * The names that more than some share of the questions mention; look at them before you use them.
   * Questions of one {@link Question#group} count once, so that paraphrases of one question do not
   * make its topic frequent; names in fewer than 20 groups are never given.
   *
   * @param graph a graph that can enumerate its entities
   * @param linker what counts as a mention
   * @param questions a question set, or a sample of some thousand; topics and brackets are ignored
   * @param share from 0 to 1; 0.005 is one in 200. A set about few entities needs a larger one
   * @return names as they stand in the texts, in lower case where the linker ignores case; for
   *     {@link LabelLinker#withIgnored}
   */
  public static Set<String> of(
      KnowledgeGraph graph, LabelLinker linker, Iterable<Question> questions, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is from 0 to 1; got " + share);
    }
    Map<String, Set<String>> groups = new HashMap<>();
    Set<String> all = new HashSet<>();
    for (Question question : questions) {
      all.add(question.group());
      Question bare = TopicLinker.withoutAnnotation(question);
      for (Mention mention : linker.link(graph, bare.withAnswers(List.of())).mentions()) {
        if (mention.side() == Side.QUESTION) {
          String name = linker.key(mention.text());
          groups.computeIfAbsent(name, n -> new HashSet<>()).add(question.group());
        }
      }
    }
    Set<String> frequent = new TreeSet<>();
    double most = Math.max(share * all.size(), FEWEST - 1);
    groups.forEach(
        (name, own) -> {
          if (own.size() > most) {
            frequent.add(name);
          }
        });
    return frequent;
  }
}
