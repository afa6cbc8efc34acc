package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Takes the mentions of one question for the candidates that are nearest. */
final class ConnectedChoice {
  private final KnowledgeGraph graph;
  private final Links links;
  private final CandidateDistances distances;
  private final int maxHops;
  private final long maxArcs;
  private final List<String> unlinked;

  ConnectedChoice(
      KnowledgeGraph graph, Links links, CandidateDistances distances, int maxHops, long maxArcs) {
    this.graph = graph;
    this.links = links;
    this.distances = distances;
    this.maxHops = maxHops;
    this.maxArcs = maxArcs;
    this.unlinked = new ArrayList<>(links.unlinked());
  }

  Links links(List<Mention> asked, List<Mention> answers) {
    Set<Integer> question =
        chosen(asked, links.question(), candidate -> distances.fromSource(candidate.entity()), 1);
    Set<Integer> answer =
        chosen(
            answers,
            links.answer(),
            candidate -> distances.toTarget(candidate.entity(), question),
            Integer.MAX_VALUE);
    return new Links(List.copyOf(question), List.copyOf(answer), unlinked, links.mentions());
  }

  /**
   * Keeps the order of what was chosen before: where an entity of an ambiguous mention stood first,
   * the ones chosen now stand.
   */
  private Set<Integer> chosen(
      List<Mention> mentions, List<Integer> before, ToIntFunction<Candidate> hops, int most) {
    Map<Mention, List<Integer>> nearest = new LinkedHashMap<>();
    for (Mention mention : mentions) {
      if (mention.candidates().size() > 1) {
        List<Integer> best = nearest(mention, hops, most);
        if (best.isEmpty()) {
          unlinked.add(undecided(mention));
        } else {
          nearest.put(mention, best);
        }
      }
    }
    Set<Integer> settled = new HashSet<>();
    for (Mention mention : mentions) {
      if (!nearest.containsKey(mention)) {
        mention.candidates().forEach(candidate -> settled.add(candidate.entity()));
      }
    }
    Set<Integer> result = new LinkedHashSet<>();
    for (int entity : before) {
      List<Mention> meant =
          nearest.keySet().stream().filter(mention -> isCandidate(mention, entity)).toList();
      if (meant.isEmpty() || settled.contains(entity)) {
        result.add(entity);
      }
      meant.forEach(mention -> result.addAll(nearest.get(mention)));
    }
    return result;
  }

  private static boolean isCandidate(Mention mention, int entity) {
    return mention.candidates().stream().anyMatch(candidate -> candidate.entity() == entity);
  }

  /** The nearest candidates, in their order: of those with exactly this name, or else of all. */
  private List<Integer> nearest(Mention mention, ToIntFunction<Candidate> hops, int most) {
    int[] entities = mention.candidates().stream().mapToInt(Candidate::entity).toArray();
    List<List<String>> names = GraphNames.of(graph, entities);
    List<Candidate> exact = new ArrayList<>();
    for (int i = 0; i < entities.length; i++) {
      if (names.get(i).contains(mention.text())) {
        exact.add(mention.candidates().get(i));
      }
    }
    List<Integer> best = nearest(exact, hops, most);
    return best.isEmpty() ? nearest(mention.candidates(), hops, most) : best;
  }

  private static List<Integer> nearest(
      List<Candidate> candidates, ToIntFunction<Candidate> hops, int most) {
    int least = candidates.stream().mapToInt(hops).min().orElse(CandidateDistances.NONE);
    return least == CandidateDistances.NONE
        ? List.of()
        : candidates.stream()
            .filter(candidate -> hops.applyAsInt(candidate) == least)
            .limit(most)
            .map(Candidate::entity)
            .toList();
  }

  private String undecided(Mention mention) {
    String kind = mention.side().name().toLowerCase(Locale.ROOT);
    String other = mention.side() == Side.ANSWER ? "the question" : "an answer";
    return kind
        + " '"
        + mention.text()
        + "': it may mean "
        + mention.candidates().size()
        + " entities; "
        + (distances.cut()
            ? "the search for the one near " + other + " was given up after " + maxArcs + " arcs"
            : "none of them is connected to " + other + " within " + maxHops + " hops")
        + ", so it is taken as before";
  }
}
