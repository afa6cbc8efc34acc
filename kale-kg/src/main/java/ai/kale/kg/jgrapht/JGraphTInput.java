package ai.kale.kg.jgrapht;

import ai.kale.error.InvalidInputException;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jgrapht.Graph;

/** Refuses what no knowledge graph can hold, so that a copy never has less than its source. */
final class JGraphTInput {
  private static final String SOURCE = "JGraphT graph";

  private JGraphTInput() {}

  /** The id, if it is not empty, not too long, and valid Unicode. */
  static String requireId(String id, String kind, Object owner) {
    if (id.isEmpty()) {
      throw new InvalidInputException(
          SOURCE, 0, "the id of the " + kind + " " + owner + " is empty; give it one");
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id));
      if (bytes.remaining() > CompactGraphBuilder.MAX_TEXT_BYTES) {
        throw new InvalidInputException(
            SOURCE,
            0,
            "an id of a "
                + kind
                + " has "
                + bytes.remaining()
                + " bytes in UTF-8, more than "
                + CompactGraphBuilder.MAX_TEXT_BYTES
                + "; shorten it: "
                + id.substring(0, 80)
                + "…");
      }
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          SOURCE,
          0,
          "the id '" + id + "' of a " + kind + " holds half a surrogate pair; mend the text",
          e);
    }
    return id;
  }

  /** Checks that an edge's weight is one of a triple: finite as a {@code float}, 0 or more. */
  static <V, E> void requireWeight(Graph<V, E> graph, E edge) {
    double weight = graph.getEdgeWeight(edge);
    if (!(weight >= 0) || Float.isInfinite((float) weight)) {
      throw new InvalidInputException(
          SOURCE,
          0,
          "the edge "
              + edge
              + " from "
              + graph.getEdgeSource(edge)
              + " to "
              + graph.getEdgeTarget(edge)
              + " has the weight "
              + weight
              + "; weights are finite floats, 0 or more: rescale them, or wrap the graph as an"
              + " unweighted one (AsUnweightedGraph)");
    }
  }
}
