package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.spi.EntityLinker.Candidate;
import java.util.ArrayList;
import java.util.List;

/**
 * The entities that a text may mean, ranked: those with exactly this name first, then by degree,
 * then by id.
 *
 * <p>A score is the entity's share of the degrees (plus one) of all entities with this name. Where
 * only some have it in exactly this form, the scores of these are raised into the upper half and
 * those of the others lowered into the lower half, each a share among its own kind.
 *
 * <p>Of a name that very many entities have only the first {@value #LOOKED_AT} by degree are looked
 * at, or as many as are kept if these are more: an entity of exactly this name that comes after
 * them is not preferred, and shares are among those looked at. So the cost does not grow with the
 * number of entities.
 *
 * @param kept the best of them
 * @param exact how many of the kept have exactly this name, all where none has it
 * @param total how many there are
 */
record Candidates(List<Candidate> kept, int exact, int total) {
  /** Names are looked up for so many, with one request. */
  static final int LOOKED_AT = 256;

  /** The candidates for a text that was found under a name. */
  static Candidates of(
      KnowledgeGraph graph, NameDictionary dictionary, int name, String text, int most) {
    int total = dictionary.count(name);
    if (total == 1) {
      return new Candidates(List.of(new Candidate(dictionary.best(name), 1)), 1, 1);
    }
    int lookedAt = Math.min(total, Math.max(most, LOOKED_AT));
    int[] entities = dictionary.entities(name, lookedAt);
    int[] degrees = dictionary.degrees(name, lookedAt);
    List<List<String>> names = GraphNames.of(graph, entities);
    boolean[] exact = new boolean[entities.length];
    int exactCount = 0;
    double[] sums = new double[2];
    for (int i = 0; i < entities.length; i++) {
      exact[i] = names.get(i).contains(text);
      exactCount += exact[i] ? 1 : 0;
      sums[exact[i] ? 1 : 0] += degrees[i] + 1.0;
    }
    boolean mixed = exactCount > 0 && exactCount < entities.length;
    List<Candidate> ranked = new ArrayList<>();
    for (boolean kind : new boolean[] {true, false}) {
      for (int i = 0; i < entities.length && ranked.size() < most; i++) {
        if (exact[i] == kind) {
          double share = (degrees[i] + 1.0) / sums[kind ? 1 : 0];
          double score = mixed ? (kind ? 1 + share : share) / 2 : share;
          ranked.add(new Candidate(entities[i], score));
        }
      }
    }
    int preferred = exactCount == 0 ? entities.length : exactCount;
    return new Candidates(List.copyOf(ranked), Math.min(preferred, ranked.size()), total);
  }

  /** The best of those kept. */
  List<Integer> best(int most) {
    if (most == 1 || kept.size() == 1) {
      return List.of(kept.get(0).entity());
    }
    return kept.stream().limit(most).map(Candidate::entity).toList();
  }
}
