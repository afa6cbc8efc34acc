package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** See {@link QuestionFormats#race}. */
final class RacePassages implements JsonStream.Decoder {
  @Override
  public List<Question> decode(Fields fields, String id) {
    String article = fields.text("article");
    return fields.has("questions")
        ? passage(fields, article, id)
        : List.of(row(fields, article, id));
  }

  private static List<Question> passage(Fields fields, String article, String id) {
    List<String> texts = fields.texts("questions");
    List<List<String>> options = fields.textLists("options");
    List<String> answers = fields.texts("answers");
    if (texts.isEmpty() || texts.size() != options.size() || texts.size() != answers.size()) {
      throw fields.problem(
          "questions",
          "has "
              + texts.size()
              + " items, options "
              + options.size()
              + " and answers "
              + answers.size()
              + "; there must be as many of each, at least one");
    }
    String passage = fields.has("id") ? fields.looseText("id") : id;
    Map<String, Object> extra = Extras.of(fields.rest());
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String place = "[" + i + "]";
      questions.add(
          question(
              fields,
              place,
              new Question(
                  passage + "-" + (i + 1),
                  texts.get(i),
                  "",
                  article,
                  List.of(answers.get(i)),
                  options.get(i),
                  List.of(),
                  passage,
                  extra)));
    }
    return questions;
  }

  private static Question row(Fields fields, String article, String id) {
    String passage = fields.has("example_id") ? fields.looseText("example_id") : id;
    Question question =
        new Question(
            id,
            fields.text("question"),
            "",
            article,
            List.of(fields.text("answer")),
            fields.texts("options"),
            List.of(),
            passage,
            Map.of());
    return question(fields, "", question.withExtra(Extras.of(fields.rest())));
  }

  /** The question with the option its letter names as its answer. */
  private static Question question(Fields fields, String place, Question lettered) {
    String letter = lettered.answer();
    Options options = Options.lettered(lettered.choices());
    if (lettered.text().isBlank()) {
      throw fields.problem("questions" + place, "is blank; write the question");
    }
    String answer =
        options
            .byLabel(letter)
            .orElseThrow(
                () ->
                    fields.problem(
                        "answers" + place,
                        "is '"
                            + letter
                            + "', which is none of the options "
                            + String.join(", ", options.labels())));
    return lettered.withAnswers(List.of(Texts.right(fields, "answers" + place, answer)));
  }
}
