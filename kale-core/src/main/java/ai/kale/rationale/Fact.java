package ai.kale.rationale;

import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.RelationRef;
import ai.kale.data.TripleRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Triples that are said in one sentence: of one relation, with one subject or one object.
 *
 * @param relation the relation
 * @param subjects subjects, more than one only if there is one object
 * @param objects objects, more than one only if there is one subject
 * @param inverse whether the path that brings it goes from object to subject
 */
record Fact(
    RelationRef relation, List<EntityRef> subjects, List<EntityRef> objects, boolean inverse) {
  Fact {
    subjects = List.copyOf(subjects);
    objects = List.copyOf(objects);
  }

  /** The triples one by one. */
  List<TripleRef> triples() {
    List<TripleRef> triples = new ArrayList<>();
    for (EntityRef subject : subjects) {
      objects.forEach(object -> triples.add(new TripleRef(subject, relation, object)));
    }
    return triples;
  }

  private record Hop(EntityRef from, RelationRef relation, boolean inverse, EntityRef to) {
    TripleRef triple() {
      return inverse ? new TripleRef(to, relation, from) : new TripleRef(from, relation, to);
    }
  }

  private record Key(EntityRef end, RelationRef relation, boolean inverse) {}

  /**
   * All triples of the paths, each once, in the order in which they come up. Where paths fork (one
   * entity, one relation, several next entities), the branches are one fact at the place of the
   * first. Where they meet (several entities, one relation, one next entity), those whose entities
   * were spoken of before are one fact; so a chain still reads from one end to the other.
   */
  static List<Fact> of(List<KnowledgePath> paths) {
    Map<Key, Set<Hop>> forks = new LinkedHashMap<>();
    Set<TripleRef> seen = new HashSet<>();
    for (KnowledgePath path : paths) {
      EntityRef here = path.source();
      for (PathStep step : path.steps()) {
        Hop hop = new Hop(here, step.relation(), step.inverse(), step.entity());
        if (seen.add(hop.triple())) {
          Key fork = new Key(here, step.relation(), step.inverse());
          forks.computeIfAbsent(fork, key -> new LinkedHashSet<>()).add(hop);
        }
        here = step.entity();
      }
    }
    Set<EntityRef> sources = new HashSet<>();
    paths.forEach(path -> sources.add(path.source()));
    return merged(List.copyOf(forks.values()), sources);
  }

  private static List<Fact> merged(List<Set<Hop>> forks, Set<EntityRef> spokenOf) {
    Map<Key, Set<Hop>> meetings = new HashMap<>();
    for (Set<Hop> fork : forks) {
      if (fork.size() == 1) {
        Hop hop = fork.iterator().next();
        Key meeting = new Key(hop.to(), hop.relation(), hop.inverse());
        meetings.computeIfAbsent(meeting, key -> new LinkedHashSet<>()).add(hop);
      }
    }
    List<Fact> facts = new ArrayList<>();
    Set<Hop> said = new HashSet<>();
    for (Set<Hop> fork : forks) {
      Hop first = fork.iterator().next();
      if (said.contains(first)) {
        continue;
      }
      Set<Hop> together = new LinkedHashSet<>(fork);
      if (fork.size() == 1) {
        Key meeting = new Key(first.to(), first.relation(), first.inverse());
        meetings.getOrDefault(meeting, Set.of()).stream()
            .filter(hop -> spokenOf.contains(hop.from()) && !said.contains(hop))
            .forEach(together::add);
      }
      said.addAll(together);
      together.forEach(hop -> spokenOf.addAll(List.of(hop.from(), hop.to())));
      facts.add(fact(together));
    }
    return facts;
  }

  private static Fact fact(Set<Hop> hops) {
    Set<EntityRef> subjects = new LinkedHashSet<>();
    Set<EntityRef> objects = new LinkedHashSet<>();
    hops.forEach(hop -> subjects.add(hop.triple().subject()));
    hops.forEach(hop -> objects.add(hop.triple().object()));
    Hop any = hops.iterator().next();
    return new Fact(any.relation(), List.copyOf(subjects), List.copyOf(objects), any.inverse());
  }
}
