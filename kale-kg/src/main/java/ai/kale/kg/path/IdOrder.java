package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.graph.CompactGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The order of entities and of relations by their ids as strings. For one search, in one thread.
 */
interface IdOrder {
  /** Compares two entities, as {@link String#compareTo} compares their ids. */
  int compareEntities(int a, int b);

  /** Compares two relations, as {@link String#compareTo} compares their ids. */
  int compareRelations(int a, int b);

  /** The order of a graph. */
  static IdOrder of(KnowledgeGraph graph) {
    return graph instanceof CompactGraph ? BY_HANDLE : lookingUp(graph);
  }

  /** The order of a graph whose handles rise with its ids. */
  IdOrder BY_HANDLE =
      new IdOrder() {
        @Override
        public int compareEntities(int a, int b) {
          return Integer.compare(a, b);
        }

        @Override
        public int compareRelations(int a, int b) {
          return Integer.compare(a, b);
        }
      };

  /** The order of any graph: looks ids up when they are first compared, and keeps them. */
  static IdOrder lookingUp(KnowledgeGraph graph) {
    return new IdOrder() {
      private final Ids entities = new Ids(graph::entityId);
      private final Ids relations = new Ids(graph::relationId);

      @Override
      public int compareEntities(int a, int b) {
        return a == b ? 0 : entities.of(a).compareTo(entities.of(b));
      }

      @Override
      public int compareRelations(int a, int b) {
        return a == b ? 0 : relations.of(a).compareTo(relations.of(b));
      }
    };
  }

  /** Ids that were looked up once. */
  final class Ids {
    private final IntFunction<String> lookUp;
    private final IntIndex known = new IntIndex(16);
    private final List<String> ids = new ArrayList<>();

    private Ids(IntFunction<String> lookUp) {
      this.lookUp = lookUp;
    }

    private String of(int handle) {
      int number = known.find(handle);
      if (number >= 0) {
        return ids.get(number);
      }
      String id = lookUp.apply(handle);
      known.add(handle);
      ids.add(id);
      return id;
    }
  }
}
