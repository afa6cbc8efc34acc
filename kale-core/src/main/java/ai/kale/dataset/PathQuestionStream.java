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
    String given = fields.size() == 3 ? fields.get(1).strip() : "";
    String end = path.contains(END) ? path.substring(path.indexOf(END) + END.length()) : "";
    int open = given.startsWith(end + "(") ? end.length() : given.indexOf('(');
    if (open < 1 || chain.size() < 3 || chain.size() % 2 == 0 || chain.contains("")) {
      throw new InvalidInputException(
          source(),
          lines.number(),
          "expected question, answer(all/answers/) and subject#relation#…#<end>#answer,"
              + " separated by tabs");
    }
    Set<String> answers = new LinkedHashSet<>();
    String first = given.substring(0, open);
    answers.add(names.apply(first));
    int close = given.endsWith(")") ? given.length() - 1 : given.length();
    for (String answer : all(first, given.substring(open + 1, close))) {
      answers.add(names.apply(answer));
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

  /** Answers with slashes between; the first answer, which is known, may have slashes in it. */
  private static List<String> all(String first, String joined) {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < joined.length(); ) {
      boolean again = (joined + "/").startsWith(first + "/", at);
      int next = joined.indexOf('/', again ? at + first.length() : at);
      int end = next < 0 ? joined.length() : next;
      if (!joined.substring(at, end).isBlank()) {
        all.add(joined.substring(at, end));
      }
      at = end + 1;
    }
    return all;
  }
}
