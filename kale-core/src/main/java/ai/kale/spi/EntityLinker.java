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
   * @param unlinked texts that could not be linked, each with the reason, and choices that could
   *     not be made as asked
   * @param mentions the texts that were linked, each with all entities it may mean; empty from a
   *     linker that does not tell. Where it is not empty, every handle above is a candidate of a
   *     mention on its side
   */
  record Links(
      List<Integer> question, List<Integer> answer, List<String> unlinked, List<Mention> mentions) {
    /** Copies the lists. */
    public Links {
      question = List.copyOf(question);
      answer = List.copyOf(answer);
      unlinked = List.copyOf(unlinked);
      mentions = List.copyOf(mentions);
    }

    /**
     * Entities without the texts they were found in.
     *
     * @param question handles of the entities of the question, best first
     * @param answer handles of the entities of the answers, in the order of the answers
     * @param unlinked texts that could not be linked, each with the reason
     */
    public Links(List<Integer> question, List<Integer> answer, List<String> unlinked) {
      this(question, answer, unlinked, List.of());
    }

    /** The number of mentions with more than one candidate. */
    public int ambiguous() {
      return (int) mentions.stream().filter(mention -> mention.candidates().size() > 1).count();
    }
  }

  /** Which text of a question a mention is in. */
  enum Side {
    /** {@link Question#text}; offsets count in it. */
    QUESTION,
    /** One of {@link Question#topics}, as a whole; its entities are entities of the question. */
    TOPIC,
    /** One of {@link Question#answers}, as a whole. */
    ANSWER
  }

  /**
   * A text that names an entity, and the entities it may mean.
   *
   * @param side where the text is
   * @param text the text as it stands there, not empty
   * @param start where it begins, in {@code char}s as {@link String#substring} counts them
   * @param end where it ends, exclusive
   * @param candidates the entities, best first; at least one
   */
  record Mention(Side side, String text, int start, int end, List<Candidate> candidates) {
    /** Copies the candidates and checks the range. */
    public Mention {
      candidates = List.copyOf(candidates);
      if (start < 0 || end - start != text.length() || text.isEmpty() || candidates.isEmpty()) {
        throw new IllegalArgumentException(
            "a mention needs a text, its range and at least one candidate; got '"
                + text
                + "' from "
                + start
                + " to "
                + end
                + " with "
                + candidates.size()
                + " candidates");
      }
    }

    /**
     * A topic or an answer as a whole.
     *
     * @param side where the text is
     * @param text the text
     * @param candidates the entities, best first
     * @return the mention
     */
    public static Mention whole(Side side, String text, List<Candidate> candidates) {
      return new Mention(side, text, 0, text.length(), candidates);
    }

    /**
     * The same text with other candidates.
     *
     * @param newCandidates the entities, best first; at least one
     * @return a new mention
     */
    public Mention withCandidates(List<Candidate> newCandidates) {
      return new Mention(side, text, start, end, newCandidates);
    }
  }

  /**
   * An entity that a text may mean.
   *
   * @param entity its handle
   * @param score higher is better, from 0 to 1; comparable within one mention only
   */
  record Candidate(int entity, double score) {
    /** Checks the range. */
    public Candidate {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("a score is from 0 to 1; got " + score);
      }
    }
  }
}
