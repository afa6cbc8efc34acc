package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses among the candidates of another linker by their distance: where a text may mean several
 * entities, those are meant from which the answers are fewest hops away. For training data, whose
 * answers are known; a question without linked answers is left as it is.
 *
 * <p>First each ambiguous mention of the question is taken for the candidate that is nearest to any
 * candidate of any answer; of several equally near ones, the one that the other linker ranks first.
 * Candidates that have exactly this name go before those that differ in case or punctuation, if one
 * of them is connected at all. Then each ambiguous answer is taken for the candidates that are
 * nearest to the entities the question is taken for now, all of them. So a path search starts and
 * ends at entities that belong together.
 *
 * <p>Distances are hops over arcs in both directions, from 1 to a limit, found level by level from
 * both sides with one {@link KnowledgeGraph#expand} for each level, on any graph. A mention whose
 * candidates are too far, or were not reached within the budget of arcs, stays as the other linker
 * left it, and {@link Links#unlinked} says so. Needs a linker that gives mentions. Immutable; each
 * {@code with…} returns a new object. Safe for use by several threads if the other linker is.
 */
public final class ConnectivityLinker implements EntityLinker {
  private static final int HOPS = 2;
  private static final long ARCS = 100_000;
  private static final int MOST_HOPS = 8;

  private final EntityLinker linker;
  private final int maxHops;
  private final long maxArcs;

  /**
   * Creates a linker that looks up to 2 hops and 100,000 arcs far for each question.
   *
   * @param linker finds the candidates
   */
  public ConnectivityLinker(EntityLinker linker) {
    this(linker, HOPS, ARCS);
  }

  private ConnectivityLinker(EntityLinker linker, int maxHops, long maxArcs) {
    if (maxHops < 1 || maxHops > MOST_HOPS || maxArcs < 1) {
      throw new IllegalArgumentException(
          "needs 1 to "
              + MOST_HOPS
              + " hops and at least 1 arc; got "
              + maxHops
              + " and "
              + maxArcs);
    }
    this.linker = linker;
    this.maxHops = maxHops;
    this.maxArcs = maxArcs;
  }

  /**
   * The same with another limit of hops.
   *
   * @param hops from 1 to 8; as many as the path search that follows
   * @return a new linker
   */
  public ConnectivityLinker withMaxHops(int hops) {
    return new ConnectivityLinker(linker, hops, maxArcs);
  }

  /**
   * The same with another budget.
   *
   * @param arcs most arcs looked at for one question, at least 1
   * @return a new linker
   */
  public ConnectivityLinker withMaxArcs(long arcs) {
    return new ConnectivityLinker(linker, maxHops, arcs);
  }

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    return choose(graph, linker.link(graph, question));
  }

  @Override
  public List<Links> linkAll(KnowledgeGraph graph, List<Question> questions) {
    return linker.linkAll(graph, questions).stream().map(links -> choose(graph, links)).toList();
  }

  private Links choose(KnowledgeGraph graph, Links links) {
    if (links.ambiguous() == 0 || links.answer().isEmpty() || links.question().isEmpty()) {
      return links;
    }
    List<Mention> asked = new ArrayList<>();
    List<Mention> answers = new ArrayList<>();
    for (Mention mention : links.mentions()) {
      (mention.side() == Side.ANSWER ? answers : asked).add(mention);
    }
    CandidateDistances distances =
        new CandidateDistances(graph, entities(asked), entities(answers), maxHops, maxArcs);
    return new ConnectedChoice(graph, links, distances, maxHops, maxArcs).links(asked, answers);
  }

  private static int[] entities(List<Mention> mentions) {
    return mentions.stream()
        .flatMap(mention -> mention.candidates().stream())
        .mapToInt(Candidate::entity)
        .distinct()
        .toArray();
  }

  /** Its name in provenance. */
  @Override
  public String id() {
    return "connectivity/1(" + linker.id() + ", hops=" + maxHops + ", arcs=" + maxArcs + ")";
  }
}
