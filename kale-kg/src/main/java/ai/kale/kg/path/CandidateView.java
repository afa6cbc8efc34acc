package ai.kale.kg.path;

import ai.kale.KnowledgeGraph;
import ai.kale.PathView;
import java.util.Objects;

/** A candidate in an extractor's buffers, shown to a scorer without a copy. */
final class CandidateView implements PathView {
  private final KnowledgeGraph graph;
  private final DegreeTable degrees;
  private int hops;
  private int[] entities = new int[0];
  private int[] labels = new int[0];
  private float[] weights = new float[0];

  CandidateView(KnowledgeGraph graph, DegreeTable degrees) {
    this.graph = graph;
    this.degrees = degrees;
  }

  /** Shows another path. No weights stand for weights of 1. */
  CandidateView show(int newHops, int[] newEntities, int[] newLabels, float[] newWeights) {
    hops = newHops;
    entities = newEntities;
    labels = newLabels;
    weights = newWeights;
    return this;
  }

  @Override
  public KnowledgeGraph graph() {
    return graph;
  }

  @Override
  public int hops() {
    return hops;
  }

  @Override
  public int entity(int place) {
    return entities[Objects.checkIndex(place, hops + 1)];
  }

  @Override
  public int relation(int hop) {
    return labels[Objects.checkIndex(hop, hops)] >>> 1;
  }

  @Override
  public boolean inverse(int hop) {
    return (labels[Objects.checkIndex(hop, hops)] & 1) != 0;
  }

  @Override
  public float weight(int hop) {
    Objects.checkIndex(hop, hops);
    return weights.length == 0 ? 1 : weights[hop];
  }

  @Override
  public int degree(int place) {
    return degrees.degree(entity(place));
  }

  /** The path in ids, for messages. */
  String text() {
    StringBuilder text = new StringBuilder(graph.entityId(entities[0]));
    for (int hop = 0; hop < hops; hop++) {
      text.append(inverse(hop) ? " <-" : " -").append(graph.relationId(relation(hop)));
      text.append(inverse(hop) ? "- " : "-> ").append(graph.entityId(entities[hop + 1]));
    }
    return text.toString();
  }
}
