package ai.kale.examples.dataset;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.dataset.QuestionFormats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PathQuestion's files with the names of a graph and the relation path of each question; see {@link
 * QuestionFormats#pathQuestion}.
 */
final class PathQuestionQuestions {
  private PathQuestionQuestions() {}

  static List<Question> read(Path file, KnowledgeGraph graph) {
    return QuestionFormats.pathQuestion(id -> label(graph, id)).read(file).stream()
        .map(question -> RelationPaths.attach(question, hops(question)))
        .toList();
  }

  /** The relations of subject, relation, entity, relation and so on. */
  private static List<RelationPaths.Hop> hops(Question question) {
    List<RelationPaths.Hop> hops = new ArrayList<>();
    if (question.extra().get("path") instanceof List<?> path) {
      for (int i = 1; i < path.size(); i += 2) {
        hops.add(new RelationPaths.Hop(String.valueOf(path.get(i)), false));
      }
    }
    return hops;
  }

  /** Names as the graph shows them, so that question, rationale and answer agree. */
  private static String label(KnowledgeGraph graph, String id) {
    return graph.entity(id).isPresent()
        ? graph.label(graph.entity(id).getAsInt())
        : id.replace('_', ' ');
  }
}
