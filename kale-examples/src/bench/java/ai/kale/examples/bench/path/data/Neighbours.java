package ai.kale.examples.bench.path.data;

/** For each entity of a graph its neighbours, in both directions, once for each triple. */
final class Neighbours {
  private final int[] starts;
  private final int[] neighbours;

  Neighbours(IntRows triples, int entities) {
    starts = new int[entities + 1];
    neighbours = new int[2 * triples.size()];
    for (int i = 0; i < triples.size(); i++) {
      starts[triples.at(i, 0)]++;
      starts[triples.at(i, 2)]++;
    }
    int sum = 0;
    for (int entity = 0; entity <= entities; entity++) {
      sum += starts[entity];
      starts[entity] = sum;
    }
    for (int i = triples.size() - 1; i >= 0; i--) {
      neighbours[--starts[triples.at(i, 0)]] = triples.at(i, 2);
      neighbours[--starts[triples.at(i, 2)]] = triples.at(i, 0);
    }
  }

  int degree(int entity) {
    return starts[entity + 1] - starts[entity];
  }

  int neighbour(int entity, int index) {
    return neighbours[starts[entity] + index];
  }
}
