package ai.kale.kg.rdf;

import ai.kale.Direction;
import ai.kale.GraphCapability;
import ai.kale.error.SetupException;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadedGraph;
import ai.kale.kg.remote.ArcSink;
import ai.kale.kg.remote.RemoteKnowledgeGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An RDF store that is read statement by statement, as a knowledge graph: IRIs and blank nodes are
 * entities, and literals where asked for; names are those of {@link NameProperties}. A resource
 * counts as an entity if it is the subject or object of any statement, and an IRI as a relation if
 * it is the predicate of any, literals included.
 *
 * <p>A frontier is one read of the store, with one index scan for each entity and direction. A
 * statement about a statement (RDF-star) is left out and counted in {@link #statistics}.
 */
public abstract class RdfStoreGraph extends RemoteKnowledgeGraph {
  private final RdfStoreOptions options;

  /**
   * Creates a graph that has read nothing yet.
   *
   * @param options what of the store is seen
   */
  protected RdfStoreGraph(RdfStoreOptions options) {
    super(options.remote());
    this.options = options;
  }

  /**
   * Reads the graphs of the options, in one state of the store.
   *
   * @param work is run once, in this call
   * @param <T> what it gives
   * @return its result
   */
  protected abstract <T> T read(Function<StatementReader, T> work);

  /**
   * Whether a graph has a statement.
   *
   * @param name its IRI, or empty for the default graph
   * @return whether it has
   */
  protected abstract boolean hasGraph(String name);

  /**
   * Checks that the graphs which were asked for are there.
   *
   * @throws SetupException if one holds no statement
   */
  protected final void checkGraphs() {
    for (String name : options.graphs()) {
      if (!hasGraph(name)) {
        throw new SetupException(
            (name.isEmpty() ? "the default graph" : "the graph '" + name + "'")
                + " holds no statement in this store; correct its name, or load the data first");
      }
    }
  }

  @Override
  public final Set<GraphCapability> capabilities() {
    requireOpen();
    return options.snapshot().isEmpty() ? Set.of(GraphCapability.CONTENT_HASH) : Set.of();
  }

  @Override
  protected final void fetchArcs(List<String> ids, Direction direction, ArcSink sink) {
    read(
        reader -> {
          for (int i = 0; i < ids.size(); i++) {
            int position = i;
            if (direction.includesForward() && !isLiteral(ids.get(i))) {
              reader.find(ids.get(i), "", "", s -> report(position, s, false, sink));
            }
            if (direction.includesBackward()) {
              reader.find("", "", ids.get(i), s -> report(position, s, true, sink));
            }
          }
          return ids;
        });
  }

  private boolean report(int position, RdfStatement s, boolean inverse, ArcSink sink) {
    if (s.quoted()) {
      sink.skipped(
          position,
          "a statement about a statement: "
              + s.subject()
              + " "
              + s.predicate()
              + " "
              + s.objectId());
    } else if (isArc(s)) {
      sink.arc(position, s.predicate(), inverse, inverse ? s.subject() : s.objectId());
    }
    return true;
  }

  private boolean isArc(RdfStatement s) {
    boolean name = options.names().rank(s.predicate()) >= 0;
    return s.literal().isEmpty() || options.literals().keeps(s.predicate(), name);
  }

  private static boolean isLiteral(String id) {
    return id.startsWith("\"");
  }

  @Override
  protected final Set<String> findEntities(List<String> ids) {
    return read(
        reader -> {
          Set<String> found = new HashSet<>();
          for (String id : ids) {
            if (isLiteral(id) ? hasArc(reader, id) : hasStatement(reader, id)) {
              found.add(id);
            }
          }
          return found;
        });
  }

  private static boolean hasStatement(StatementReader reader, String id) {
    boolean[] found = new boolean[1];
    reader.find(id, "", "", s -> !(found[0] |= !s.quoted()));
    if (!found[0]) {
      reader.find("", "", id, s -> !(found[0] |= !s.quoted()));
    }
    return found[0];
  }

  private boolean hasArc(StatementReader reader, String id) {
    boolean[] found = new boolean[1];
    if (options.literals().keepsAny()) {
      reader.find("", "", id, s -> !(found[0] |= !s.quoted() && isArc(s)));
    }
    return found[0];
  }

  @Override
  protected final boolean findRelation(String id) {
    return read(
        reader -> {
          boolean[] found = new boolean[1];
          reader.find("", id, "", s -> !(found[0] |= !s.quoted()));
          return found[0];
        });
  }

  @Override
  protected final Map<String, List<String>> fetchNames(List<String> ids) {
    RdfNames names = new RdfNames(options.languages(), options.names());
    return read(
        reader -> {
          for (String id : ids) {
            if (isLiteral(id)) {
              RdfLiteral.parse(id).ifPresent(own -> names.add(id, 0, own));
              continue;
            }
            for (String property : options.names().all()) {
              int rank = options.names().rank(property);
              reader.find(
                  id,
                  property,
                  "",
                  s -> {
                    s.literal().ifPresent(name -> names.add(id, rank, name));
                    return true;
                  });
            }
          }
          return names.byId();
        });
  }

  @Override
  protected final Map<String, List<String>> fetchRelationNames(List<String> ids) {
    return fetchNames(ids);
  }

  /**
   * The name given in the options, or else a hash of all statements: one pass over the store. Where
   * a single graph is read, its name is not part of the hash.
   */
  @Override
  protected final String fetchSnapshot() {
    if (!options.snapshot().isEmpty()) {
      return options.snapshot();
    }
    return read(
        reader -> {
          StatementHash hash = new StatementHash();
          boolean single = options.graphs().size() == 1;
          reader.find(
              "",
              "",
              "",
              s -> {
                hash.add(s.subject(), s.predicate(), s.objectId(), single ? "" : s.graph());
                return true;
              });
          return hash.text();
        });
  }

  /**
   * Copies everything that this graph shows into memory, in one pass over the store. Searching the
   * copy asks the store nothing. Needs about 13 bytes for each triple and what the ids and names
   * take.
   *
   * @return the copy, to be closed on its own, and what was left out: {@code linesSkipped} counts
   *     statements about statements
   */
  public final LoadedGraph toCompact() {
    requireOpen();
    RdfGraphBuilder builder =
        new RdfGraphBuilder(
            new CompactGraphBuilder(), options.languages(), options.names(), options.literals());
    long quoted =
        read(
            reader -> {
              long[] skipped = new long[1];
              reader.find(
                  "",
                  "",
                  "",
                  s -> {
                    if (s.quoted()) {
                      skipped[0]++;
                    } else {
                      add(s, builder);
                    }
                    return true;
                  });
              return skipped[0];
            });
    return builder.build(
        quoted, quoted == 0 ? List.of() : List.of("statements about statements are left out"));
  }

  private static void add(RdfStatement s, RdfGraphBuilder builder) {
    s.literal()
        .ifPresentOrElse(
            literal ->
                builder.addLiteral(
                    s.subject(),
                    s.predicate(),
                    literal.text(),
                    literal.language(),
                    literal.datatype()),
            () -> builder.addResource(s.subject(), s.predicate(), s.object()));
  }
}
