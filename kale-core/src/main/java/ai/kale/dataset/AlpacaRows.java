package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** See {@link QuestionFormats#alpaca}. */
final class AlpacaRows implements JsonStream.Decoder {
  @Override
  public List<Question> decode(Fields fields, String id) {
    String task = Texts.question(fields, "instruction");
    String input = optional(fields, "input");
    String system = optional(fields, "system");
    String output = fields.text("output");
    String own = fields.has("id") ? fields.looseText("id") : id;
    String text = input.isBlank() ? task : input;
    String instruction =
        Stream.of(system, input.isBlank() ? "" : task)
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining("\n\n"));
    Question question =
        Question.of(own, text, output.isBlank() ? List.of() : List.of(output))
            .withInstruction(instruction);
    return List.of(question.withExtra(Extras.of(fields.rest())));
  }

  private static String optional(Fields fields, String name) {
    if (fields.hasValue(name)) {
      return fields.text(name);
    }
    fields.drop(name);
    return "";
  }
}
