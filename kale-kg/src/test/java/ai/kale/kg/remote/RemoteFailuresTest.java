package ai.kale.kg.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Direction;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hooks throw, and that the graph works afterwards. */
class RemoteFailuresTest {
  /** Reports half of a batch, then throws what it is told to. */
  private static final class Failing extends ListStore {
    @Nullable Exception next;

    Failing() {
      super(
          ListStore.triples("a r b", "b r c", "c r d"), RemoteOptions.defaults().withBatchSize(2));
    }

    @Override
    protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink)
        throws IOException, InterruptedException {
      Exception failure = next;
      next = null;
      if (failure != null) {
        sink.arc(0, "r", false, "half");
        if (failure instanceof IOException io) {
          throw io;
        }
        if (failure instanceof InterruptedException interrupt) {
          throw interrupt;
        }
        throw (RuntimeException) failure;
      }
      super.fetchArcs(ids, direction, sink);
    }
  }

  private static List<String> read(ListStore graph) {
    return RemoteKnowledgeGraphTest.read(
        graph, Direction.FORWARD, graph.entities(List.of("a", "b", "c")));
  }

  private static void worksAfterwards(ListStore graph) {
    assertThat(read(graph)).containsExactly("0 >r b", "1 >r c", "2 >r d");
  }

  @Test
  void anIoExceptionMayBeRetriedAndHalfABatchIsNotKept() {
    try (Failing graph = new Failing()) {
      graph.next = new IOException("connection reset");
      assertThatThrownBy(() -> read(graph))
          .isInstanceOf(TransientFailureException.class)
          .hasMessageContaining("arcs of 2 entities")
          .hasMessageContaining("connection reset");
      worksAfterwards(graph);
    }
  }

  @Test
  void anInterruptCancelsAndStaysVisible() {
    try (Failing graph = new Failing()) {
      graph.next = new InterruptedException();
      assertThatThrownBy(() -> read(graph)).isInstanceOf(OperationCancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      worksAfterwards(graph);
    }
  }

  @Test
  void anInterruptedThreadAsksNothing() {
    try (ListStore graph = new ListStore(ListStore.triples("a r b"))) {
      int[] frontier = graph.entities(List.of("a"));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> RemoteKnowledgeGraphTest.read(graph, Direction.BOTH, frontier))
          .isInstanceOf(OperationCancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(graph.arcBatches).isEmpty();
    }
  }

  @Test
  void aDriversOwnExceptionOfAnInterruptCancelsToo() {
    ListStore graph =
        new ListStore(ListStore.triples("a r b")) {
          @Override
          protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink) {
            Thread.currentThread().interrupt();
            throw new UnsupportedOperationException("driver: interrupted");
          }
        };
    try (graph) {
      int[] frontier = graph.entities(List.of("a"));
      assertThatThrownBy(() -> RemoteKnowledgeGraphTest.read(graph, Direction.BOTH, frontier))
          .isInstanceOf(OperationCancelledException.class)
          .hasCauseInstanceOf(UnsupportedOperationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void otherExceptionsPassAsTheyAre() {
    try (Failing graph = new Failing()) {
      RuntimeException failure = new UnsupportedOperationException("a mistake in the adapter");
      graph.next = failure;
      assertThatThrownBy(() -> read(graph)).isSameAs(failure);
      worksAfterwards(graph);
    }
  }

  @Test
  void exceptionsOfThisLibraryPassAsTheyAre() {
    try (Failing graph = new Failing()) {
      SetupException failure = new SetupException("wrong password");
      graph.next = failure;
      assertThatThrownBy(() -> read(graph)).isSameAs(failure);
      worksAfterwards(graph);
    }
  }

  @Test
  void aVisitorsExceptionPassesAndTheBatchIsKept() {
    try (ListStore graph = new ListStore(ListStore.triples("a r b", "b r c", "c r d"))) {
      int[] frontier = graph.entities(List.of("a", "b", "c"));
      assertThatThrownBy(
              () ->
                  graph.expand(
                      frontier,
                      Direction.FORWARD,
                      (index, relation, inverse, neighbour, weight) -> {
                        throw new UnsupportedOperationException("visitor");
                      }))
          .hasMessage("visitor");
      worksAfterwards(graph);
      assertThat(graph.arcBatches).hasSize(1);
    }
  }

  @Test
  void impossibleArcsAreRefused() {
    ArcCollector sink =
        new ArcCollector(
            2, Direction.FORWARD, new HandleTable("e"), new HandleTable("r"), new Counters());
    assertThatThrownBy(() -> sink.arc(2, "r", false, "a")).hasMessageContaining("position 2");
    assertThatThrownBy(() -> sink.arc(0, "r", true, "a")).hasMessageContaining("inverse=true");
    assertThatThrownBy(() -> sink.arc(0, "", false, "a")).hasMessageContaining("empty");
    assertThatThrownBy(() -> sink.arc(0, "r", false, "")).hasMessageContaining("empty");
    assertThatThrownBy(() -> sink.arc(0, "r", false, "a", Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> sink.arc(0, "r", false, "a", -1)).hasMessageContaining("-1");
    sink.end();
    assertThatThrownBy(() -> sink.arc(0, "r", false, "a"))
        .isInstanceOf(IllegalStateException.class);
  }
}
