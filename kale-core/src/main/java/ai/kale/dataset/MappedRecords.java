package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.jsonl.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes questions of JSON objects and of CSV rows as a mapping says. One instance reads one file.
 */
final class MappedRecords implements JsonStream.Decoder, CsvStream.Decoder {
  private final QuestionMapping mapping;
  private final Set<String> seen = new HashSet<>();
  private List<String> columns = List.of();
  private boolean named;
  private boolean any;

  MappedRecords(QuestionMapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public List<Question> decode(Fields fields, String id) {
    return List.of(decode(fields.rest(), fields.source(), fields.line(), id));
  }

  @Override
  public void header(List<String> names, String source) {
    columns = names;
    named = true;
    if (new HashSet<>(names).size() < names.size()) {
      throw new InvalidInputException(
          source, 1, "the header names a column twice: " + names + "; rename one");
    }
    for (String field : mapping.fields()) {
      if (!names.contains(field)) {
        throw new InvalidInputException(
            source, 1, "the mapping names the column '" + field + "'; the header has " + names);
      }
    }
  }

  @Override
  public Question decode(List<String> row, String source, long line, String id) {
    if (columns.isEmpty()) {
      List<String> numbers = new ArrayList<>();
      for (int i = 1; i <= row.size(); i++) {
        numbers.add(Integer.toString(i));
      }
      columns = numbers;
    }
    if (row.size() != columns.size()) {
      throw new InvalidInputException(
          source, line, "expected " + columns.size() + " columns, found " + row.size());
    }
    Map<String, Object> record = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      if (!row.get(i).isEmpty()) {
        record.put(columns.get(i), row.get(i));
      }
    }
    return decode(record, source, line, id);
  }

  @Override
  public void end(String source) {
    if (named) {
      return; // the header was compared; a column may be empty in all rows
    }
    for (String field : mapping.fields()) {
      boolean allowed = mapping.answersOptional() && mapping.answers().contains(field);
      if (any && !seen.contains(field) && !allowed) {
        throw new InvalidInputException(
            source, 0, "the mapping names the field '" + field + "', but no record has it");
      }
    }
  }

  private Question decode(Map<String, Object> record, String source, long line, String fileId) {
    any = true;
    Row row = new Row(record, source, line);
    String text = row.one(mapping.question()).orElseThrow(() -> row.missing(mapping.question()));
    if (text.isBlank()) {
      throw row.problem(mapping.question(), "is blank; write the question");
    }
    String id =
        mapping
            .id()
            .map(field -> row.one(field).orElseThrow(() -> row.missing(field)))
            .orElse(fileId);
    List<String> choices = row.all(mapping.choices(), mapping.choiceSeparator());
    List<String> answers = answers(row, choices);
    Question question =
        new Question(
            id,
            text,
            mapping.instruction().flatMap(row::one).orElse(""),
            mapping.passage().flatMap(row::one).orElse(""),
            answers,
            choices,
            row.all(mapping.topics().stream().toList(), mapping.topicSeparator()),
            mapping.group().flatMap(row::one).orElse(id),
            Map.of());
    Map<String, Object> rest = new LinkedHashMap<>(record);
    mapping.fields().forEach(field -> new FieldPath(field).remove(rest));
    return question.withExtra(Extras.of(rest));
  }

  private List<String> answers(Row row, List<String> choices) {
    List<String> given = row.all(mapping.answers(), mapping.answerSeparator());
    if (given.isEmpty() && !mapping.answers().isEmpty() && !mapping.answersOptional()) {
      throw row.missing(mapping.answers().get(0));
    }
    String field = mapping.answers().isEmpty() ? "" : mapping.answers().get(0);
    List<String> labels = row.all(mapping.choiceLabels().stream().toList(), "");
    if (!labels.isEmpty() && labels.size() != choices.size()) {
      throw row.problem(
          mapping.choiceLabels().orElseThrow(),
          "has " + labels.size() + " labels for " + choices.size() + " options");
    }
    Options options = labels.isEmpty() ? Options.lettered(choices) : new Options(labels, choices);
    return given.stream().map(answer -> answer(row, field, answer, options)).toList();
  }

  private String answer(Row row, String field, String given, Options options) {
    Optional<String> found =
        switch (mapping.answerForm()) {
          case TEXT ->
              options.texts().isEmpty() || options.texts().contains(given)
                  ? Optional.of(given)
                  : Optional.empty();
          case LABEL -> options.byLabel(given);
          case INDEX_FROM_0 -> numbered(options, given, 0);
          case INDEX_FROM_1 -> numbered(options, given, 1);
        };
    List<String> names =
        mapping.answerForm() == AnswerForm.TEXT ? options.texts() : options.labels();
    return found.orElseThrow(
        () ->
            row.problem(
                field,
                "is '"
                    + given
                    + "' ("
                    + mapping.answerForm()
                    + "), which is none of the "
                    + options.texts().size()
                    + " options "
                    + String.join(", ", names)));
  }

  private static Optional<String> numbered(Options options, String number, int first) {
    if (!number.strip().matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    int at = Integer.parseInt(number.strip()) - first;
    return at < 0 || at >= options.texts().size()
        ? Optional.empty()
        : Optional.of(options.texts().get(at));
  }

  /** One record and its place. */
  private final class Row {
    private final Map<String, Object> record;
    private final String source;
    private final long line;

    Row(Map<String, Object> record, String source, long line) {
      this.record = record;
      this.source = source;
      this.line = line;
    }

    Optional<String> one(String field) {
      Optional<List<String>> texts = texts(field);
      if (texts.isPresent() && texts.get().size() != 1) {
        throw problem(field, "must be one text but is a list of " + texts.get().size());
      }
      return texts.map(list -> list.get(0));
    }

    List<String> all(List<String> fields, String separator) {
      List<String> all = new ArrayList<>();
      for (String field : fields) {
        for (String text : texts(field).orElse(List.of())) {
          List<String> parts =
              separator.isEmpty()
                  ? List.of(text)
                  : Arrays.stream(text.split(Pattern.quote(separator), -1))
                      .map(String::strip)
                      .toList();
          if (parts.stream().anyMatch(String::isBlank)) {
            throw problem(field, "has an empty part: '" + text + "'");
          }
          all.addAll(parts);
        }
      }
      return all;
    }

    private Optional<List<String>> texts(String field) {
      try {
        Optional<List<String>> texts = new FieldPath(field).texts(record);
        texts.ifPresent(list -> seen.add(field));
        return texts;
      } catch (IllegalArgumentException e) {
        throw problem(field, String.valueOf(e.getMessage()));
      }
    }

    InvalidInputException missing(String field) {
      return problem(field, "is missing; add it, or mend the mapping");
    }

    InvalidInputException problem(String field, String message) {
      return new InvalidInputException(source, line, field + " " + message);
    }
  }
}
