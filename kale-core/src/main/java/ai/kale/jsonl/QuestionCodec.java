package ai.kale.jsonl;

import ai.kale.data.Question;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields of a {@link Question}. */
final class QuestionCodec extends Codec<Question> {
  @Override
  void encode(Question question, ObjectNode into) {
    into.put("id", question.id()).put("text", question.text());
    if (!question.instruction().isEmpty()) {
      into.put("instruction", question.instruction());
    }
    if (!question.passage().isEmpty()) {
      into.put("passage", question.passage());
    }
    into.set("answers", Json.toNode(question.answers()));
    into.set("choices", Json.toNode(question.choices()));
    into.set("topics", Json.toNode(question.topics()));
    into.put("group", question.group());
    putExtra(question.extra(), into);
  }

  @Override
  Question decode(Fields fields) {
    String id = fields.text("id");
    return new Question(
        id,
        fields.text("text"),
        fields.textOr("instruction", ""),
        fields.textOr("passage", ""),
        fields.texts("answers"),
        fields.textsOrNone("choices"),
        fields.textsOrNone("topics"),
        fields.textOr("group", id),
        fields.rest());
  }
}
