package ai.kale.data;

import java.util.List;
import java.util.Map;

/**
 * A question with its linked entities and the paths between them.
 *
 * @param question the question
 * @param questionEntities entities recognised in the question
 * @param answerEntities entities recognised in the answers
 * @param unlinked texts that could not be linked, each with the reason
 * @param paths paths from a question entity to an answer entity, best first; possibly empty. Paths
 *     that do not reach an answer if the report says that they are a fallback: see {@link
 *     #answerPaths}
 * @param report what the search read and cut, and what the paths are
 * @param provenance how this was made
 * @param extra JSON fields this version does not know, kept as they are
 */
public record GroundedQuestion(
    Question question,
    List<EntityRef> questionEntities,
    List<EntityRef> answerEntities,
    List<String> unlinked,
    List<KnowledgePath> paths,
    PathReport report,
    Provenance provenance,
    Map<String, Object> extra) {
  /** Copies the collections. */
  public GroundedQuestion {
    questionEntities = List.copyOf(questionEntities);
    answerEntities = List.copyOf(answerEntities);
    unlinked = List.copyOf(unlinked);
    paths = List.copyOf(paths);
    extra = Extras.copy(extra);
  }

  /**
   * The paths that lead from a question entity to an answer entity: all of them, or none if they
   * are a fallback. Whoever takes a path's end for the answer, or what lies on it for steps to the
   * answer, asks for these.
   */
  public List<KnowledgePath> answerPaths() {
    return report.fallback() == PathFallback.NONE ? paths : List.of();
  }
}
