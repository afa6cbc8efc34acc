package ai.kale.tck;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathReport;
import ai.kale.data.PathStep;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.RelationRef;
import java.util.List;
import java.util.Map;

/** The running example: the currency of the country Marie Curie was born in. */
public final class Samples {
  private Samples() {}

  /** An entity whose id is its label. */
  public static EntityRef entity(String label) {
    return new EntityRef(label.replace(' ', '_'), label);
  }

  /** A forward hop. */
  public static PathStep hop(String relation, String entity) {
    return new PathStep(new RelationRef(relation, relation), false, entity(entity));
  }

  /** A backward hop. */
  public static PathStep back(String relation, String entity) {
    return new PathStep(new RelationRef(relation, relation), true, entity(entity));
  }

  /** Marie Curie → Warsaw → Poland → Polish zloty. */
  public static KnowledgePath curiePath() {
    return new KnowledgePath(
        entity("Marie Curie"),
        List.of(
            hop("birthplace", "Warsaw"),
            hop("country", "Poland"),
            hop("currency", "Polish zloty")));
  }

  /** The question with its path. */
  public static GroundedQuestion curie() {
    return grounded(
        Question.of(
            "q1",
            "Which currency is used in the country where Marie Curie was born?",
            List.of("Polish zloty")),
        List.of(curiePath()));
  }

  /** A question without a path. */
  public static GroundedQuestion pathless(String id) {
    return grounded(Question.of(id, "Who wrote " + id + "?", List.of("Nobody")), List.of());
  }

  /** A question whose text has a number in it, with a path of one hop. */
  public static GroundedQuestion numbered(int number) {
    return grounded(
        Question.of("n" + number, "What is next to N" + number + "?", List.of("M" + number)),
        List.of(new KnowledgePath(entity("N" + number), List.of(hop("neighbour", "M" + number)))));
  }

  /** A question with paths. */
  public static GroundedQuestion grounded(Question question, List<KnowledgePath> paths) {
    return new GroundedQuestion(
        question,
        paths.stream().map(KnowledgePath::source).distinct().toList(),
        paths.stream().map(KnowledgePath::target).distinct().toList(),
        List.of(),
        paths,
        PathReport.complete(7),
        Provenance.of("ground", Map.of("graph.snapshot", "sha256:abc")),
        Map.of());
  }
}
