package ai.kale.examples.bench.path.find;

import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jgrapht.Graph;
import org.jgrapht.graph.GraphDelegator;

/** A graph that refuses to be read any more once it is told to; its algorithms then end. */
final class Stoppable extends GraphDelegator<Integer, Integer> {
  private static final long serialVersionUID = 1;
  private volatile boolean stopped;

  Stoppable(Graph<Integer, Integer> graph) {
    super(graph);
  }

  void stop(boolean newStopped) {
    stopped = newStopped;
  }

  void check() {
    if (stopped) {
      throw new CancellationException("at the time limit");
    }
  }

  @Override
  public Set<Integer> outgoingEdgesOf(Integer vertex) {
    check();
    return super.outgoingEdgesOf(vertex);
  }

  @Override
  public Set<Integer> incomingEdgesOf(Integer vertex) {
    check();
    return super.incomingEdgesOf(vertex);
  }

  @Override
  public Integer getEdgeTarget(Integer edge) {
    check();
    return super.getEdgeTarget(edge);
  }
}
