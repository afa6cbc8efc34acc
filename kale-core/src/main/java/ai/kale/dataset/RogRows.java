package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import java.util.List;
import java.util.Map;

/** See {@link QuestionFormats#rog}. */
final class RogRows implements JsonStream.Decoder {
  @Override
  public List<Question> decode(Fields fields, String id) {
    String own = fields.has("id") ? fields.looseText("id") : id;
    Question question =
        new Question(
            own,
            Texts.question(fields, "question"),
            Texts.answers(fields, "answer"),
            texts(fields, "choices"),
            texts(fields, "q_entity"),
            own,
            Map.of());
    return List.of(question.withExtra(Extras.of(fields.rest())));
  }

  private static List<String> texts(Fields fields, String name) {
    if (fields.hasValue(name)) {
      return fields.texts(name);
    }
    fields.drop(name);
    return List.of();
  }
}
