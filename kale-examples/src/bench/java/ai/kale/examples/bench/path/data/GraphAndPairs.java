package ai.kale.examples.bench.path.data;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.data.GraphSpec;
import ai.kale.examples.bench.data.TripleKeys;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * A graph in memory and how to get pairs for a length.
 *
 * @param entities entities are numbered from 0 to this, exclusive
 * @param relations relations likewise
 * @param triples head, relation, tail
 * @param pairs source and target for queries of a length
 * @param note what was left out; empty where nothing was
 */
record GraphAndPairs(
    int entities, int relations, IntRows triples, IntFunction<IntRows> pairs, String note) {
  private static final int SYNTHETIC_RELATIONS = 800;

  static GraphAndPairs make(PathSpec spec) {
    PathGraph graph =
        PathGraph.of(spec.graph())
            .orElseThrow(() -> new SetupException("no graph '" + spec.graph() + "'"));
    return switch (graph) {
      case METAQA_2 -> MetaQaPairs.make(spec, 2);
      case METAQA_3 -> MetaQaPairs.make(spec, 3);
      case FREEBASE ->
          walks(
              spec,
              FreebaseLike.ENTITIES,
              FreebaseLike.RELATIONS,
              FreebaseLike.triples(spec.seed()));
      case SYNTHETIC -> synthetic(spec);
    };
  }

  private static GraphAndPairs synthetic(PathSpec spec) {
    GraphSpec shape =
        new GraphSpec(
            (int) Math.max(2, spec.triples() * 23L / 100),
            spec.triples(),
            SYNTHETIC_RELATIONS,
            spec.seed());
    TripleKeys keys = TripleKeys.draw(shape);
    int[] values = new int[3 * shape.triples()];
    for (int i = 0; i < shape.triples(); i++) {
      values[3 * i] = keys.subject(i);
      values[3 * i + 1] = keys.relation(i);
      values[3 * i + 2] = keys.object(i);
    }
    return walks(spec, shape.entities(), SYNTHETIC_RELATIONS, new IntRows(3, values));
  }

  private static GraphAndPairs walks(PathSpec spec, int entities, int relations, IntRows triples) {
    RandomWalks walks = new RandomWalks(triples, entities);
    return new GraphAndPairs(
        entities, relations, triples, hops -> walks.pairs(spec.pairs(), hops, spec.seed()), "");
  }

  static Path file(PathSpec spec, String name) {
    return Path.of(spec.source()).resolve(name);
  }

  int mostArcs() {
    int[] arcs = new int[entities];
    int most = 0;
    for (int i = 0; i < triples.size(); i++) {
      most = Math.max(most, ++arcs[triples.at(i, 0)]);
      most = Math.max(most, ++arcs[triples.at(i, 2)]);
    }
    return most;
  }
}
