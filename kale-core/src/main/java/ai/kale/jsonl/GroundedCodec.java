package ai.kale.jsonl;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.data.PathStep;
import ai.kale.data.RelationRef;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Fields of a {@link GroundedQuestion}. */
final class GroundedCodec extends Codec<GroundedQuestion> {
  private final QuestionCodec questions = new QuestionCodec();

  @Override
  void encode(GroundedQuestion grounded, ObjectNode into) {
    into.set("question", questions.encode(grounded.question()));
    putEntities(grounded.questionEntities(), into.putArray("questionEntities"));
    putEntities(grounded.answerEntities(), into.putArray("answerEntities"));
    into.set("unlinked", Json.toNode(grounded.unlinked()));
    ArrayNode paths = into.putArray("paths");
    grounded.paths().forEach(path -> putPath(path, paths.addObject()));
    PathReport report = grounded.report();
    into.putObject("report")
        .put("arcsRead", report.arcsRead())
        .put("complete", report.complete())
        .put("cut", report.cut())
        .put("hubs", report.hubs())
        .put("fallback", report.fallback().text());
    ProvenanceFields.put(grounded.provenance(), into);
    putExtra(grounded.extra(), into);
  }

  @Override
  GroundedQuestion decode(Fields fields) {
    return new GroundedQuestion(
        questions.decode(fields.object("question")),
        entities(fields.objects("questionEntities")),
        entities(fields.objects("answerEntities")),
        fields.texts("unlinked"),
        fields.objects("paths").stream().map(GroundedCodec::path).toList(),
        report(fields.object("report")),
        ProvenanceFields.take(fields),
        fields.rest());
  }

  private static void putPath(KnowledgePath path, ObjectNode into) {
    putEntity(path.source(), into.putObject("source"));
    ArrayNode steps = into.putArray("steps");
    for (PathStep step : path.steps()) {
      ObjectNode node = steps.addObject();
      RelationRef relation = step.relation();
      node.putObject("relation").put("id", relation.id()).put("label", relation.label());
      node.put("inverse", step.inverse());
      putEntity(step.entity(), node.putObject("entity"));
    }
    path.score().ifPresent(score -> into.set("score", Json.number(score)));
  }

  private static KnowledgePath path(Fields fields) {
    EntityRef source = entity(fields.object("source"));
    List<PathStep> steps = fields.objects("steps").stream().map(GroundedCodec::step).toList();
    if (steps.isEmpty()) {
      throw fields.problem("steps", "must hold at least one hop");
    }
    OptionalDouble score = fields.numberOrNone("score");
    fields.refuseOthers();
    return new KnowledgePath(source, steps, score);
  }

  private static PathStep step(Fields fields) {
    Fields relation = fields.object("relation");
    RelationRef ref = new RelationRef(relation.text("id"), relation.text("label"));
    relation.refuseOthers();
    PathStep step = new PathStep(ref, fields.flag("inverse"), entity(fields.object("entity")));
    fields.refuseOthers();
    return step;
  }

  private static void putEntities(List<EntityRef> entities, ArrayNode into) {
    entities.forEach(entity -> putEntity(entity, into.addObject()));
  }

  private static void putEntity(EntityRef entity, ObjectNode into) {
    into.put("id", entity.id()).put("label", entity.label());
  }

  private static List<EntityRef> entities(List<Fields> objects) {
    return objects.stream().map(GroundedCodec::entity).toList();
  }

  private static EntityRef entity(Fields fields) {
    EntityRef entity = new EntityRef(fields.text("id"), fields.text("label"));
    fields.refuseOthers();
    return entity;
  }

  private static PathReport report(Fields fields) {
    boolean complete = fields.flag("complete");
    String cut = fields.text("cut");
    if (complete != cut.isEmpty()) {
      throw fields.problem("cut", "must be empty if the search is complete, and only then");
    }
    long hubs = fields.countOr("hubs", 0);
    if (hubs > Integer.MAX_VALUE) {
      throw fields.problem("hubs", "must be at most " + Integer.MAX_VALUE + " but is " + hubs);
    }
    PathReport report =
        new PathReport(fields.count("arcsRead"), complete, cut, (int) hubs, fallback(fields));
    fields.refuseOthers();
    return report;
  }

  private static PathFallback fallback(Fields fields) {
    String text = fields.textOr("fallback", PathFallback.NONE.text());
    for (PathFallback kind : PathFallback.values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    throw fields.problem(
        "fallback",
        "is '"
            + text
            + "', which is none of "
            + Arrays.stream(PathFallback.values()).map(PathFallback::text).toList());
  }
}
