package ai.kale.kg.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The graph is closed by another thread while the store is asked; here by the store itself. */
class RemoteClosingTest {
  /** Closes in the midst of each answer, and then fails in its own way or answers in part. */
  private static final class ClosingStore extends ListStore {
    private final boolean failing;

    ClosingStore(boolean failing) {
      super(ListStore.triples("a knows b", "b knows c"));
      this.failing = failing;
    }

    private void closeNow() {
      close();
      if (failing) {
        throw new UnsupportedOperationException("connection pool shut down");
      }
    }

    @Override
    protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink) {
      closeNow();
    }

    @Override
    protected boolean findRelation(String id) {
      closeNow();
      return false;
    }

    @Override
    protected Map<String, List<String>> fetchNames(List<String> ids) {
      closeNow();
      return Map.of();
    }

    @Override
    protected String fetchSnapshot() {
      closeNow();
      return "half";
    }
  }

  private interface Read {
    void of(ListStore graph, int entity);
  }

  @Test
  void whatTheStoreSaysWhileTheGraphIsClosedMeansNothing() {
    List<Read> reads =
        List.of(
            (graph, a) -> graph.expand(a, Direction.BOTH, (i, r, inverse, n, w) -> true),
            (graph, a) -> graph.relation("knows"),
            (graph, a) -> graph.label(a),
            (graph, a) -> graph.snapshot());
    for (boolean failing : List.of(true, false)) {
      for (Read read : reads) {
        ClosingStore graph = new ClosingStore(failing);
        int a = graph.entity("a").orElseThrow();
        refused(() -> read.of(graph, a));
      }
      ListStore graph =
          new ListStore(List.of()) {
            @Override
            protected Set<String> findEntities(List<String> ids) {
              close();
              return Set.of();
            }
          };
      refused(() -> graph.entity("a"));
    }
  }

  private static void refused(ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
