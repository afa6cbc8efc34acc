package ai.kale.examples.dataset;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.dataset.QuestionFormats;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.jsonl.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a question file in whichever of the known forms its first line has. */
public final class QuestionFiles {
  private QuestionFiles() {}

  /**
   * Reads MetaQA, PathQuestion or JSONL.
   *
   * @param file the question file
   * @param graph the graph the questions are about, for the names of entities
   * @return its questions, in order; a malformed line is an error with its number
   */
  public static List<Question> read(Path file, KnowledgeGraph graph) {
    String first = firstLine(file);
    if (first.stripLeading().startsWith("{")) {
      return QuestionFormats.plain().read(file);
    }
    return first.contains("#<end>#")
        ? PathQuestionQuestions.read(file, graph)
        : MetaQaQuestions.read(file);
  }

  private static String firstLine(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SetupException("no such file: " + file + "; check the path");
    }
    try (Lines lines = Lines.open(file)) {
      Optional<String> line = lines.nextLine();
      while (line.isPresent() && line.get().isBlank()) {
        line = lines.nextLine();
      }
      return line.orElseThrow(() -> new InvalidInputException(file.toString(), 0, "is empty"));
    }
  }
}
