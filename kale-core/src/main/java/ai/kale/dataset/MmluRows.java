package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.util.List;
import java.util.Map;

/** See {@link QuestionFormats#mmlu}. */
final class MmluRows implements CsvStream.Decoder {
  private static final int COLUMNS = 6;

  private final String subject;

  MmluRows(String fileName) {
    this.subject = fileName.replaceFirst("_(test|dev|val|train)$", "");
  }

  @Override
  public Question decode(List<String> row, String source, long line, String id) {
    if (row.size() != COLUMNS) {
      throw new InvalidInputException(
          source, line, "expected 6 columns (question, four options, letter), found " + row.size());
    }
    if (row.get(0).isBlank()) {
      throw new InvalidInputException(source, line, "question is blank; write the question");
    }
    Options options = Options.lettered(row.subList(1, COLUMNS - 1));
    String letter = row.get(COLUMNS - 1);
    String answer =
        options
            .byLabel(letter)
            .orElseThrow(() -> Texts.noOption(source, line, "column 6", letter, options));
    if (answer.isBlank()) {
      throw new InvalidInputException(source, line, "column 6 " + Texts.BLANK_OPTION);
    }
    return new Question(
        id,
        row.get(0),
        List.of(answer),
        options.texts(),
        List.of(),
        id,
        Map.of("subject", subject));
  }
}
