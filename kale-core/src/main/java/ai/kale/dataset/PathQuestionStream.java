package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** See {@link QuestionFormats#pathQuestion}. */
final class PathQuestionStream extends TextLinesStream {
  private static final String END = "#<end>#";

  private final UnaryOperator<String> names;

  PathQuestionStream(Path file, UnaryOperator<String> names) {
    super(file);
    this.names = names;
  }

  @Override
  Question decode(String text, String id) {
    List<String> fields = List.of(text.split("\t", -1));
    String path = fields.size() == 3 ? fields.get(2) : "";
    List<String> chain =
        path.contains(END)
            ? List.of(path.substring(0, path.indexOf(END)).split("#", -1))
            : List.of();
    int open = fields.size() == 3 ? fields.get(1).indexOf('(') : -1;
    if (open < 1 || chain.size() < 3 || chain.size() % 2 == 0 || chain.contains("")) {
      throw new InvalidInputException(
          source(),
          lines.number(),
          "expected question, answer(all/answers/) and subject#relation#…#<end>#answer,"
              + " separated by tabs");
    }
    Set<String> answers = new LinkedHashSet<>();
    answers.add(names.apply(fields.get(1).substring(0, open)));
    for (String answer : fields.get(1).substring(open + 1).replace(")", "").split("/", -1)) {
      if (!answer.isBlank()) {
        answers.add(names.apply(answer));
      }
    }
    String subject = chain.get(0);
    List<String> relations = new ArrayList<>();
    for (int i = 1; i < chain.size(); i += 2) {
      relations.add(chain.get(i));
    }
    return Question.of(
            id, fields.get(0).replace(subject, names.apply(subject)).strip(), List.copyOf(answers))
        .withTopics(List.of(subject))
        .withGroup(subject + " | " + String.join(" / ", relations))
        .withExtra(Map.of("path", chain));
  }
}
