package ai.kale.examples.dataset;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import java.nio.file.Path;
import java.util.List;

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
    String first =
        Lines.read(file).stream().filter(line -> !line.isBlank()).findFirst().orElseThrow();
    if (first.stripLeading().startsWith("{")) {
      return ai.kale.jsonl.QuestionFiles.read(file);
    }
    return first.contains("#<end>#")
        ? PathQuestionQuestions.read(file, graph)
        : MetaQaQuestions.read(file);
  }
}
