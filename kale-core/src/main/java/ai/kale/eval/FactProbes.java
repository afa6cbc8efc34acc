package ai.kale.eval;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.TripleRef;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts each question is composed of, as probes: for every triple of the question's own path
 * one probe for each phrasing.
 *
 * <p>The path is the one that leads to the right answer. A path anchored on a wrong label probes
 * facts the question does not need.
 *
 * @param byQuestion probes by question id, at least one for each, in the order of the path's hops;
 *     a question without a path is not here, since nothing can be said about whether its facts are
 *     known
 */
public record FactProbes(Map<String, List<FactProbe>> byQuestion) {
  /**
   * Copies the map, keeping its order.
   *
   * @throws InvalidInputException if it is empty or a question has no probe
   */
  public FactProbes {
    Map<String, List<FactProbe>> copy = new LinkedHashMap<>();
    byQuestion.forEach((id, probes) -> copy.put(id, List.copyOf(probes)));
    byQuestion = Collections.unmodifiableMap(copy);
    if (copy.isEmpty() || copy.containsValue(List.of())) {
      throw new InvalidInputException(
          "no fact to probe; give paths of at least one question, and at least one phrasing");
    }
  }

  /**
   * Builds probes from one path for each question. O(triples × phrasings × objects).
   *
   * @param paths by question id, the path that leads to the right answer
   * @param phrasings how to ask for a fact, at least one
   * @param objects all objects the graph has for a triple's subject and relation
   * @return probes in the order of the paths
   * @throws InvalidInputException if there is no path or phrasing, or a phrasing's prompt depends
   *     on the object
   */
  public static FactProbes of(
      Map<String, KnowledgePath> paths, List<ProbePhrasing> phrasings, FactObjects objects) {
    Map<String, List<FactProbe>> all = new LinkedHashMap<>();
    paths.forEach(
        (id, path) -> {
          List<FactProbe> probes = new ArrayList<>();
          for (TripleRef triple : path.triples()) {
            List<EntityRef> answers = objects.of(triple);
            phrasings.forEach(phrasing -> probes.add(probe(triple, phrasing, answers)));
          }
          all.put(id, probes);
        });
    return new FactProbes(all);
  }

  /**
   * Builds probes from the first, that is best, path of each question; questions without a path to
   * the answer are left out, those with the paths of a fallback too: their facts are not what the
   * question is composed of.
   *
   * @param questions grounded questions, whose paths lead to the right answers
   * @param phrasings how to ask for a fact, at least one
   * @param objects all objects the graph has for a triple's subject and relation
   * @return probes in the order of the questions
   * @throws InvalidInputException as {@link #of}, or if a question id comes twice
   */
  public static FactProbes ofFirstPaths(
      List<GroundedQuestion> questions, List<ProbePhrasing> phrasings, FactObjects objects) {
    Map<String, KnowledgePath> paths = new LinkedHashMap<>();
    for (GroundedQuestion grounded : questions) {
      String id = grounded.question().id();
      List<KnowledgePath> own = grounded.answerPaths();
      if (!own.isEmpty() && paths.put(id, own.get(0)) != null) {
        throw new InvalidInputException("question id " + id + " comes twice");
      }
    }
    return of(paths, phrasings, objects);
  }

  /** Every probe once, also where several questions share a fact; in order of first use. */
  public List<FactProbe> distinct() {
    Set<FactProbe> probes = new LinkedHashSet<>();
    byQuestion.values().forEach(probes::addAll);
    return List.copyOf(probes);
  }

  private static FactProbe probe(
      TripleRef triple, ProbePhrasing phrasing, List<EntityRef> objects) {
    ProbePhrasing.Phrase own = phrasing.phrase(triple);
    Set<String> answers = new LinkedHashSet<>(List.of(own.answer()));
    for (EntityRef object : objects) {
      ProbePhrasing.Phrase other =
          phrasing.phrase(new TripleRef(triple.subject(), triple.relation(), object));
      if (!other.prompt().equals(own.prompt())) {
        throw new InvalidInputException(
            "a phrasing of relation "
                + triple.relation().id()
                + " changes its prompt with the object; it must ask for the object, since all"
                + " objects of a subject and relation count as right");
      }
      answers.add(other.answer());
    }
    return new FactProbe(own.prompt(), List.copyOf(answers), triple);
  }
}
