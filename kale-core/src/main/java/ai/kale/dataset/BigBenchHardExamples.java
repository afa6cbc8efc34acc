package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** See {@link QuestionFormats#bigBenchHard}. */
final class BigBenchHardExamples implements JsonStream.Decoder {
  private static final String HEAD = "\nOptions:\n";
  private static final Pattern LETTERED = Pattern.compile("\\(([A-Z])\\) (.*)");
  private static final Pattern LABEL = Pattern.compile("\\([A-Z]\\)");

  private final String task;

  BigBenchHardExamples(String task) {
    this.task = task;
  }

  @Override
  public List<Question> decode(Fields fields, String id) {
    String input = Texts.question(fields, "input");
    String target = fields.text("target").strip();
    if (target.isEmpty()) {
      throw fields.problem("target", "is blank; write the answer");
    }
    Map<String, Object> extra = Extras.with(Extras.of(fields.rest()), "task", task);
    Question open = new Question(id, input, List.of(target), List.of(), List.of(), id, extra);
    int head = input.lastIndexOf(HEAD);
    Optional<Options> options =
        head < 0 ? Optional.empty() : options(input.substring(head + HEAD.length()));
    if (options.isEmpty()) {
      return List.of(open);
    }
    List<String> texts = options.get().texts();
    Optional<String> answer =
        texts.contains(target) ? Optional.of(target) : options.get().byLabel(target);
    if (answer.isEmpty() && LABEL.matcher(target).matches()) {
      throw fields.problem(
          "target", "is '" + target + "', which is none of the options " + options.get().labels());
    }
    answer.ifPresent(found -> Texts.right(fields, "target", found));
    if (texts.size() < 2) {
      return List.of(answer.map(only -> open.withAnswers(List.of(only))).orElse(open));
    }
    // A few published options were torn apart at their commas, with the answer left whole: such a
    // question stays open-ended, its options in its text.
    return List.of(
        answer
            .map(
                found ->
                    new Question(
                        id,
                        input.substring(0, head).strip(),
                        List.of(found),
                        texts,
                        List.of(),
                        id,
                        extra))
            .orElse(open));
  }

  /** Options as lines {@code (A) text} in order, or all as {@code - text}; else nothing. */
  private static Optional<Options> options(String block) {
    List<String> texts = new ArrayList<>();
    int letters = 0;
    for (String line : block.strip().split("\\R")) {
      Matcher lettered = LETTERED.matcher(line.strip());
      if (lettered.matches() && lettered.group(1).charAt(0) == 'A' + texts.size()) {
        letters++;
        texts.add(lettered.group(2).strip());
      } else if (line.startsWith("- ")) {
        texts.add(line.substring(2).strip());
      } else {
        return Optional.empty();
      }
    }
    boolean mixed = letters > 0 && letters < texts.size();
    return mixed ? Optional.empty() : Optional.of(Options.lettered(texts));
  }
}
