package ai.kale.jsonl;

import ai.kale.data.Provenance;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code "provenance"} field. */
final class ProvenanceFields {
  private ProvenanceFields() {}

  static void put(Provenance provenance, ObjectNode into) {
    ObjectNode node = into.putObject("provenance").put("stage", provenance.stage());
    ObjectNode facts = node.putObject("facts");
    provenance.facts().forEach((name, value) -> facts.put(Json.name(name), value));
  }

  static Provenance take(Fields fields) {
    Fields node = fields.object("provenance");
    Provenance provenance = Provenance.of(node.text("stage"), node.textMap("facts"));
    node.refuseOthers();
    return provenance;
  }
}
