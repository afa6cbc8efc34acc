package ai.kale.spi;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import java.util.List;

/**
 * Recognises the entities of a question and, separately, of its answers.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface EntityLinker {
  /**
   * Links one question.
   *
   * @param graph the graph whose entities are meant
   * @param question the question
   * @return the entities found, and the texts that could not be linked with the reason
   */
  Links link(KnowledgeGraph graph, Question question);

  /**
   * Links a question set; override where one round trip can serve many.
   *
   * @param graph the graph whose entities are meant
   * @param questions the questions
   * @return one result for each, in order
   */
  default List<Links> linkAll(KnowledgeGraph graph, List<Question> questions) {
    return questions.stream().map(question -> link(graph, question)).toList();
  }

  /** Names this linker, with its settings where it has any, for provenance. */
  default String id() {
    return getClass().isHidden() ? "custom" : getClass().getName();
  }

  /**
   * Entities of one question.
   *
   * @param question handles of the entities of the question, best first
   * @param answer handles of the entities of the answers, in the order of the answers
   * @param unlinked texts that could not be linked, each with the reason
   */
  record Links(List<Integer> question, List<Integer> answer, List<String> unlinked) {
    /** Copies the lists. */
    public Links {
      question = List.copyOf(question);
      answer = List.copyOf(answer);
      unlinked = List.copyOf(unlinked);
    }
  }
}
