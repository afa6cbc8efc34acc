package ai.kale.kg.jgrapht;

import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Vertices as handles, with their ids and names. */
final class VertexNames<V> {
  private final List<V> vertices;
  private final Map<V, Integer> handles = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private final Function<? super V, List<String>> names;

  VertexNames(
      Set<V> vertices,
      Function<? super V, String> vertexId,
      Function<? super V, List<String>> names) {
    this.vertices = List.copyOf(vertices);
    this.names = names;
    for (V vertex : this.vertices) {
      String id = JGraphTInput.requireId(vertexId.apply(vertex), "vertex", vertex);
      if (byId.putIfAbsent(id, ids.size()) != null) {
        throw new InvalidInputException(
            "two vertices of the JGraphT graph have the id '" + id + "'; ids must differ");
      }
      handles.put(vertex, ids.size());
      ids.add(id);
    }
  }

  int size() {
    return ids.size();
  }

  int find(String id) {
    return byId.getOrDefault(id, -1);
  }

  String id(int entity) {
    return ids.get(Objects.checkIndex(entity, ids.size()));
  }

  List<String> names(int entity) {
    return List.copyOf(names.apply(vertex(entity)));
  }

  V vertex(int entity) {
    return vertices.get(Objects.checkIndex(entity, ids.size()));
  }

  int handle(V vertex) {
    return Objects.requireNonNull(handles.get(vertex), "a vertex that was added later");
  }
}
