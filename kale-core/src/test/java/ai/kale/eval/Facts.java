package ai.kale.eval;

import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.RelationRef;
import ai.kale.data.TripleRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A small world: Ann lives in Paris, in France; Bob works where Ann lives; Paris is in two lists.
 */
final class Facts {
  static final EntityRef ANN = entity("Ann");
  static final EntityRef BOB = entity("Bob");
  static final EntityRef PARIS = entity("Paris");
  static final EntityRef FRANCE = entity("France");
  static final EntityRef EUROPE = entity("Europe");
  static final RelationRef LIVES_IN = new RelationRef("lives_in", "lives in");
  static final RelationRef WORKS_IN = new RelationRef("works_in", "works in");
  static final RelationRef PART_OF = new RelationRef("part_of", "part of");

  static final ProbePhrasing ASK =
      t ->
          new ProbePhrasing.Phrase(
              t.subject().label() + " " + t.relation().label() + "?", t.object().label());
  static final ProbePhrasing CLOZE =
      t ->
          new ProbePhrasing.Phrase(
              t.subject().label() + " " + t.relation().label() + " ...", t.object().label());

  static final Map<String, KnowledgePath> PATHS =
      Map.of(
          "q1",
          new KnowledgePath(
              ANN, List.of(new PathStep(LIVES_IN, false, PARIS), step(PART_OF, FRANCE))),
          "q2",
          new KnowledgePath(
              BOB, List.of(new PathStep(WORKS_IN, false, PARIS), step(PART_OF, FRANCE))),
          "q3",
          new KnowledgePath(PARIS, List.of(new PathStep(LIVES_IN, true, ANN))));

  private Facts() {}

  static EntityRef entity(String name) {
    return new EntityRef(name.toLowerCase(Locale.ROOT), name);
  }

  static PathStep step(RelationRef relation, EntityRef entity) {
    return new PathStep(relation, false, entity);
  }

  static List<EntityRef> objects(TripleRef triple) {
    return triple.relation().equals(PART_OF) ? List.of(EUROPE, FRANCE) : List.of(triple.object());
  }

  static FactProbes probes(ProbePhrasing... phrasings) {
    return FactProbes.of(new TreeMap<>(PATHS), List.of(phrasings), Facts::objects);
  }

  static List<FactProbe> of(FactProbes probes, String id) {
    return Objects.requireNonNull(probes.byQuestion().get(id));
  }
}
