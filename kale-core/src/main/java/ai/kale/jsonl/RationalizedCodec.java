package ai.kale.jsonl;

import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields of a {@link RationalizedQuestion}. */
final class RationalizedCodec extends Codec<RationalizedQuestion> {
  private final GroundedCodec grounded = new GroundedCodec();

  @Override
  void encode(RationalizedQuestion row, ObjectNode into) {
    into.set("grounded", grounded.encode(row.grounded()));
    Rationale rationale = row.rationale();
    into.putObject("rationale")
        .put("text", rationale.text())
        .put("teacher", rationale.teacher())
        .put("promptTokens", rationale.promptTokens())
        .put("completionTokens", rationale.completionTokens());
    ProvenanceFields.put(row.provenance(), into);
    putExtra(row.extra(), into);
  }

  @Override
  RationalizedQuestion decode(Fields fields) {
    return new RationalizedQuestion(
        grounded.decode(fields.object("grounded")),
        rationale(fields.object("rationale")),
        ProvenanceFields.take(fields),
        fields.rest());
  }

  private static Rationale rationale(Fields fields) {
    Rationale rationale =
        new Rationale(
            fields.text("text"),
            fields.text("teacher"),
            fields.count("promptTokens"),
            fields.count("completionTokens"));
    fields.refuseOthers();
    return rationale;
  }
}
