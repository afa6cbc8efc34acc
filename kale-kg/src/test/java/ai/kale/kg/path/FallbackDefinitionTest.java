package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Direction;
import ai.kale.GraphPath;
import ai.kale.HubPolicy;
import ai.kale.PathExtractor;
import ai.kale.PathFilter;
import ai.kale.PathMode;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.PathFallback;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What fallbacks are, said without any search of the library: triples are texts such as {@code
 * "apc"} (subject, relation, object), a path is the text of all it passes.
 */
class FallbackDefinitionTest {
  private static final List<String> ENTITIES = List.of("abcdefgh".split(""));
  private static final Set<String> SOURCES = Set.of("a", "b");
  private static final Set<String> TARGETS = Set.of("g", "h");

  @Provide
  Arbitrary<Set<String>> triples() {
    Arbitrary<String> entity = Arbitraries.of(ENTITIES);
    return Combinators.combine(entity, Arbitraries.of("p", "q"), entity)
        .as((s, r, o) -> s + r + o)
        .set()
        .ofMaxSize(14);
  }

  /** The graph of a test, and what the filter refuses, on texts. */
  private record World(Set<String> triples, PathMode mode, Direction direction, int mostArcs) {
    private static final Set<String> EXCLUDED = Set.of("c");

    boolean passable(String entity) {
      long arcs =
          triples.stream().filter(t -> t.startsWith(entity)).count()
              + triples.stream().filter(t -> t.endsWith(entity)).count();
      return !EXCLUDED.contains(entity) && arcs <= mostArcs;
    }

    /** Arcs at an entity: the other end, the relation, and 0 forward or 1 backward. */
    Stream<String> arcs(String entity, Direction way) {
      Stream<String> out = triples.stream().filter(t -> t.startsWith(entity));
      Stream<String> in = triples.stream().filter(t -> t.endsWith(entity));
      return Stream.concat(
          way.includesForward() ? out.map(t -> t.charAt(2) + t.substring(1, 2) + 0) : Stream.of(),
          way.includesBackward() ? in.map(t -> t.charAt(0) + t.substring(1, 2) + 1) : Stream.of());
    }

    /** All paths of one hop to a number of hops, in order. */
    List<String> paths(int hops) {
      List<String> all = new ArrayList<>();
      List<String> now = SOURCES.stream().sorted().toList();
      for (int hop = 1; hop <= hops; hop++) {
        now =
            now.stream()
                .filter(path -> path.length() == 1 || passable(end(path)))
                .flatMap(path -> arcs(end(path), direction).map(arc -> path + " " + arc))
                .filter(this::mayStand)
                .sorted()
                .toList();
        all.addAll(now);
      }
      return all;
    }

    private boolean mayStand(String path) {
      List<String> entities = Arrays.stream(path.split(" ")).map(p -> p.substring(0, 1)).toList();
      List<String> used = new ArrayList<>();
      for (int i = 1; i < entities.size(); i++) {
        String arc = path.split(" ")[i];
        boolean forward = arc.endsWith("0");
        used.add(
            entities.get(forward ? i - 1 : i) + arc.charAt(1) + entities.get(forward ? i : i - 1));
      }
      List<String> once = mode == PathMode.SIMPLE ? entities : used;
      return Set.copyOf(once).size() == once.size();
    }

    static String end(String path) {
      return path.substring(path.lastIndexOf(' ') + 1).substring(0, 1);
    }

    /** Hops from the nearest answer; what is refused is reached but not passed. */
    Map<String, Integer> distances() {
      Map<String, Integer> distances = new HashMap<>();
      TARGETS.forEach(target -> distances.put(target, 0));
      for (int distance = 0; distance < ENTITIES.size(); distance++) {
        int here = distance;
        List<String> layer =
            ENTITIES.stream()
                .filter(e -> distances.getOrDefault(e, -1) == here)
                .filter(e -> here == 0 || passable(e))
                .toList();
        layer.forEach(
            e ->
                arcs(e, Direction.BOTH)
                    .forEach(arc -> distances.putIfAbsent(arc.substring(0, 1), here + 1)));
      }
      return distances;
    }
  }

  @Property(tries = 1000)
  void bothFallbacksAreWhatTheyAreSaidToBe(
      @ForAll("triples") Set<String> triples,
      @ForAll PathMode mode,
      @ForAll Direction direction,
      @ForAll @IntRange(min = 1, max = 8) int mostArcs,
      @ForAll @IntRange(min = 1, max = 3) int hops,
      @ForAll @IntRange(min = 1, max = 6) int paths) {
    World world = new World(triples, mode, direction, mostArcs);
    List<String> all = world.paths(hops);
    boolean reached = all.stream().anyMatch(path -> TARGETS.contains(World.end(path)));
    Map<String, Integer> distances = world.distances();
    Predicate<String> known = distances::containsKey;
    int ofQuestion = SOURCES.stream().filter(known).mapToInt(distances::get).min().orElse(hops + 1);
    int nearest =
        all.stream()
            .map(World::end)
            .filter(known)
            .filter(world::passable)
            .mapToInt(distances::get)
            .min()
            .orElse(hops + 1);
    boolean nearer = nearest <= hops && nearest < ofQuestion;
    check(
        world,
        PathFallback.TOWARD_ANSWER,
        hops,
        paths,
        reached
            ? all.stream().filter(path -> TARGETS.contains(World.end(path))).toList()
            : all.stream()
                .filter(path -> nearer && world.passable(World.end(path)))
                .filter(path -> distances.getOrDefault(World.end(path), -1) == nearest)
                .toList());
    check(
        world,
        PathFallback.FROM_QUESTION,
        hops,
        paths,
        reached
            ? all.stream().filter(path -> TARGETS.contains(World.end(path))).toList()
            : all.stream().filter(path -> mayEnd(world, World.end(path))).toList());
  }

  /** Another entity of the question may end a simple path, whatever the filter: it was named. */
  private static boolean mayEnd(World world, String end) {
    return SOURCES.contains(end) ? world.mode == PathMode.SIMPLE : world.passable(end);
  }

  private static void check(
      World world, PathFallback kind, int hops, int paths, List<String> wanted) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    ENTITIES.forEach(builder::addEntity);
    world.triples.forEach(
        t -> builder.addTriple(t.substring(0, 1), t.substring(1, 2), t.substring(2)));
    CompactGraph graph = builder.build();
    PathFilter filter =
        PathFilter.NONE
            .excludeEntities(World.EXCLUDED)
            .withHubs(HubPolicy.skipAbove(world.mostArcs));
    PathQuery query =
        PathQuery.between(handles(graph, SOURCES), handles(graph, TARGETS))
            .withMaxHops(hops)
            .withMaxPaths(paths)
            .withMode(world.mode)
            .withDirection(world.direction)
            .withFilter(filter);
    for (PathExtractor extractor :
        List.of(new ExactPathExtractor(), new BruteForcePathExtractor())) {
      PathResult result = extractor.withFallback(kind).extract(graph, query);
      assertThat(result.paths().stream().map(path -> text(graph, path)))
          .isEqualTo(wanted.stream().limit(paths).toList());
      assertThat(result.report().complete()).isEqualTo(wanted.size() <= paths);
    }
  }

  private static int[] handles(CompactGraph graph, Set<String> ids) {
    return graph.entities(List.copyOf(ids));
  }

  private static String text(CompactGraph graph, GraphPath path) {
    StringBuilder text = new StringBuilder(graph.entityId(path.entities()[0]));
    IntStream.range(0, path.hops())
        .forEach(
            hop ->
                text.append(' ')
                    .append(graph.entityId(path.entities()[hop + 1]))
                    .append(graph.relationId(path.relations()[hop]))
                    .append(path.inverse()[hop] ? 1 : 0));
    return text.toString();
  }
}
