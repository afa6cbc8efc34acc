package ai.kale.eval;

import ai.kale.data.EntityRef;
import ai.kale.data.TripleRef;
import java.util.List;

/** Looks up in a graph what else answers the question that a triple answers. */
@FunctionalInterface
public interface FactObjects {
  /**
   * All objects the graph has for the subject and relation of a triple.
   *
   * @param triple a fact
   * @return its objects; one with several names may come several times under different labels. The
   *     triple's own object may be missing, it is right in any case
   */
  List<EntityRef> of(TripleRef triple);
}
