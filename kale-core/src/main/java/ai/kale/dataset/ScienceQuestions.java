package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ARC and CommonsenseQA, as published ({@code question} holds stem and choices) and as flattened on
 * the Hugging Face hub ({@code choices} holds two lists).
 */
final class ScienceQuestions implements JsonStream.Decoder {
  private final boolean answerRequired;

  ScienceQuestions(boolean answerRequired) {
    this.answerRequired = answerRequired;
  }

  @Override
  public List<Question> decode(Fields fields, String id) {
    boolean nested = fields.isObject("question");
    Fields body = nested ? fields.object("question") : fields;
    String text = Texts.question(body, nested ? "stem" : "question");
    Options options = options(body);
    List<String> answers = List.of();
    if (answerRequired || (fields.hasValue("answerKey") && !blank(fields))) {
      String key = fields.text("answerKey");
      String right = options.byLabel(key).orElseThrow(() -> Texts.noOption(fields, key, options));
      answers = List.of(Texts.right(fields, "answerKey", right));
    } else {
      fields.drop("answerKey");
    }
    String own = fields.has("id") ? fields.looseText("id") : id;
    Map<String, Object> extra = new LinkedHashMap<>(fields.rest());
    if (nested) {
      extra.putAll(body.rest());
    }
    return List.of(
        new Question(own, text, answers, options.texts(), List.of(), own, Extras.of(extra)));
  }

  private static boolean blank(Fields fields) {
    return fields.text("answerKey").isBlank();
  }

  private static Options options(Fields body) {
    Options options;
    if (body.isObject("choices")) {
      Fields lists = body.object("choices");
      options = new Options(lists.texts("label"), lists.texts("text"));
      if (options.labels().size() != options.texts().size()) {
        throw body.problem(
            "choices",
            "has "
                + options.labels().size()
                + " labels but "
                + options.texts().size()
                + " texts; each option needs both");
      }
    } else {
      List<Fields> each = body.objects("choices");
      options =
          new Options(
              each.stream().map(choice -> choice.text("label")).toList(),
              each.stream().map(choice -> choice.text("text")).toList());
    }
    if (options.texts().isEmpty()) {
      throw body.problem("choices", "is empty; a multiple-choice question needs options");
    }
    return options;
  }
}
