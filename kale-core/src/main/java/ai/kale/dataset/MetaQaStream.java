package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.jsonl.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** See {@link QuestionFormats#metaQa}. */
final class MetaQaStream extends TextLinesStream {
  private final Optional<Lines> kinds;

  MetaQaStream(Path file) {
    super(file);
    String kindsName = FileNames.base(file) + "-qtype.txt";
    this.kinds =
        Stream.of(kindsName, kindsName + ".gz")
            .map(file::resolveSibling)
            .filter(Files::exists)
            .findFirst()
            .map(Lines::open);
  }

  @Override
  Question decode(String text, String id) {
    Optional<String> kind = kinds.map(this::kind); // first, so that a wrong line leaves no gap
    int tab = text.indexOf('\t');
    int open = text.indexOf('[');
    int close = text.indexOf(']', open + 1);
    boolean laidOut = tab >= 0 && open >= 0 && close >= 0 && close < tab;
    String topic = laidOut ? text.substring(open + 1, close) : "";
    List<String> answers = List.of(text.substring(tab + 1).strip().split("\\|", -1));
    if (topic.isBlank() || answers.stream().anyMatch(String::isBlank)) {
      throw new InvalidInputException(
          source(),
          lines.number(),
          "expected a question with its topic in [brackets], a tab, and answers separated by |");
    }
    String asked = text.substring(0, open) + topic + text.substring(close + 1, tab);
    Question question = Question.of(id, asked.strip(), answers).withTopics(List.of(topic));
    return kind.map(of -> question.withGroup(topic + " | " + of).withExtra(Map.of("qtype", of)))
        .orElse(question);
  }

  private String kind(Lines from) {
    String kind = from.nextLine().orElseThrow(() -> otherLength(from)).strip();
    if (kind.isEmpty()) {
      throw new InvalidInputException(
          from.source(), from.number(), "unknown kind of question '': the line is blank");
    }
    return kind;
  }

  @Override
  void end() {
    if (kinds.isPresent() && kinds.get().nextLine().isPresent()) {
      throw otherLength(kinds.get());
    }
  }

  private InvalidInputException otherLength(Lines from) {
    inRecord(false);
    return new InvalidInputException(
        from.source(),
        0,
        "has "
            + toEnd(from)
            + " lines, but "
            + source()
            + " has "
            + toEnd(lines)
            + "; they must go line by line");
  }

  private static long toEnd(Lines from) {
    while (from.nextLine().isPresent()) {
      // Counted by the reader itself.
    }
    return from.number();
  }

  @Override
  public void close() {
    super.close();
    kinds.ifPresent(Lines::close);
  }
}
