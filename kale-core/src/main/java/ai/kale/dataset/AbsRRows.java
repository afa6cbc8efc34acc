package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.jsonl.Fields;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** See {@link QuestionFormats#absR} and {@link QuestionFormats#absRTest}. */
final class AbsRRows {
  private static final Pattern INPUT =
      Pattern.compile("(?s)(?:Fact: (.*?)\\n)?Question: (.*)\\nOptions:\\s(.*)");
  private static final Pattern OUTPUT =
      Pattern.compile("(?s)(?:Explanation: (.*)\\n)?Answer: (.*)");
  private static final Pattern TEST = Pattern.compile("(?s)(.*)\\nAnswer: [A-Z]");

  private AbsRRows() {}

  static List<Question> train(Fields fields, String id) {
    Matcher input = INPUT.matcher(Texts.question(fields, "input").strip());
    if (!input.matches()) {
      throw fields.problem(
          "input",
          "must be \"Question: …\\nOptions: A) … B) …\", with or without"
              + " \"Fact: …\\n\" before it");
    }
    Options options = options(fields, "input", input.group(3));
    Matcher output = OUTPUT.matcher(fields.text("output").strip());
    if (!output.matches()) {
      throw fields.problem("output", "must be \"Explanation: …\\nAnswer: A) …\"");
    }
    String said = output.group(2).strip();
    String answer =
        options
            .byLabel(said.split("\\s", 2)[0])
            .or(() -> options.texts().stream().filter(said::equals).findFirst())
            .orElseThrow(() -> noOption(fields, "output", said, options));
    String text = input.group(2).strip();
    String fact = input.group(1) == null ? "" : input.group(1).strip();
    String instruction = fields.textOr("system", "");
    Map<String, Object> extra = Extras.of(fields.rest());
    return List.of(
        new Question(
            id,
            text,
            instruction,
            fact,
            List.of(answer),
            options.texts(),
            List.of(),
            text,
            output.group(1) == null
                ? extra
                : Extras.with(extra, "explanation", output.group(1).strip())));
  }

  static List<Question> test(Fields fields, String id) {
    Fields first = fields.object("label: A");
    Matcher prompt = TEST.matcher(first.text("testing input").strip());
    String whole = prompt.matches() ? prompt.group(1) : "";
    // Four published prompts hold an earlier question as well; the last one is asked.
    int start = whole.lastIndexOf("\nQuestion: ");
    Matcher asked = INPUT.matcher(start < 0 ? "" : whole.substring(start + 1));
    if (!asked.matches()) {
      throw fields.problem(
          "label: A.testing input",
          "must be a text with \"Question: …\\nOptions:\\nA) …\\nAnswer: A\"");
    }
    Options options = options(fields, "label: A.testing input", asked.group(3));
    String gold = fields.text("gold");
    String answer =
        options.byLabel(gold).orElseThrow(() -> noOption(fields, "gold", gold, options));
    String text = asked.group(2).strip();
    return List.of(
        new Question(id, text, List.of(answer), options.texts(), List.of(), id, Map.of())
            .withInstruction(whole.substring(0, start).strip()));
  }

  private static Options options(Fields fields, String name, String block) {
    return LetteredText.parse(block)
        .orElseThrow(
            () -> fields.problem(name, "has no options A) … B) … behind \"Options:\"; add them"));
  }

  private static InvalidInputException noOption(
      Fields fields, String name, String said, Options options) {
    return fields.problem(
        name,
        "answers '"
            + said
            + "', which is none of the options "
            + String.join(", ", options.labels()));
  }
}
