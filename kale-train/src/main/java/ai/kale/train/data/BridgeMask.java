package ai.kale.train.data;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Bridges that training must not see: the j-th bridge of a path is the answer to the question "head
 * entity, first j relations", and where that question is held out for a test, supervising the
 * bridge would leak the test's answer (13 % of the three-hop examples of a small synthetic graph).
 *
 * @param heldOut questions kept for validation and test
 */
public record BridgeMask(Set<HeldOut> heldOut) {
  /**
   * A held-out question.
   *
   * @param headId id of the entity its path starts from
   * @param signature {@link KnowledgePath#signature} of its whole path
   */
  public record HeldOut(String headId, String signature) {}

  /** Copies the set. */
  public BridgeMask {
    heldOut = Set.copyOf(heldOut);
  }

  /** A mask that hides nothing: for data without a held-out part. */
  public static BridgeMask none() {
    return new BridgeMask(Set.of());
  }

  /**
   * The mask for held-out questions, all their paths to the answer. The paths of a fallback hide
   * nothing: their ends are not what the question asks for.
   *
   * @param questions validation and test questions with their paths
   * @return a mask
   */
  public static BridgeMask of(Collection<GroundedQuestion> questions) {
    Set<HeldOut> held = new HashSet<>();
    for (GroundedQuestion question : questions) {
      for (KnowledgePath path : question.answerPaths()) {
        held.add(new HeldOut(path.source().id(), path.signature()));
      }
    }
    return new BridgeMask(held);
  }

  /**
   * Whether a bridge may be supervised. A one-relation prefix is a fact of the graph and may be
   * held out as well.
   *
   * @param path the path of a training question
   * @param hop 1-based, below {@link KnowledgePath#hops()}
   * @return false if the bridge answers a held-out question
   */
  public boolean allows(KnowledgePath path, int hop) {
    List<PathStep> prefix = path.steps().subList(0, hop);
    String signature = new KnowledgePath(path.source(), prefix).signature();
    return !heldOut.contains(new HeldOut(path.source().id(), signature));
  }
}
