package ai.kale.kg.sparql;

import ai.kale.Direction;
import ai.kale.error.SetupException;
import ai.kale.kg.remote.ArcSink;
import ai.kale.kg.remote.RemoteKnowledgeGraph;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A graph behind a SPARQL 1.1 endpoint. Entities and relations are IRIs; a triple whose object is
 * an IRI is an arc; {@code skos:prefLabel}, {@code rdfs:label} and {@code skos:altLabel} give
 * names, of entities and predicates alike.
 *
 * <p>Cost: one query for each batch of a frontier, both directions together; further pages only
 * where an answer fills one. Failures that may pass (HTTP 429, 502, 503, 504, a connection that
 * breaks, an answer that is cut short) are tried again here and nowhere else.
 *
 * <p>Caveats. A blank node cannot be named in a query, so arcs to one are left out: they are
 * counted in {@code statistics().skippedArcs()}, and the first one is logged. The same holds for
 * neighbours whose IRI has characters that SPARQL does not allow. An endpoint that cuts answers
 * below {@link SparqlKnowledgeGraphBuilder#pageSize} without saying so is recognised if it does so
 * at 1,000 rows or more, or at a multiple of 100 or a power of two; below another limit set the
 * page size to it. An endpoint that sorts a limited number of rows only, as Virtuoso does (10,000),
 * is asked for smaller batches where need be; one entity with more arcs than that in one direction
 * is an error. Weights are not read. Safe for use by several threads.
 */
public final class SparqlKnowledgeGraph extends RemoteKnowledgeGraph {
  private final Settings settings;
  private final Queries queries;
  private final SparqlPages pages;

  SparqlKnowledgeGraph(Settings settings) {
    super(settings.options());
    this.settings = settings;
    this.queries = new Queries(settings.graphs(), settings.predicates(), settings.languages());
    this.pages = new SparqlPages(settings);
  }

  /**
   * Starts a graph. Nothing is asked before the first use.
   *
   * @param endpoint address of the query service, {@code http} or {@code https}
   * @return the options
   * @throws IllegalArgumentException if the address has another scheme, no host, a fragment, or
   *     credentials, for which there are options
   */
  public static SparqlKnowledgeGraphBuilder builder(URI endpoint) {
    return new SparqlKnowledgeGraphBuilder(endpoint);
  }

  /** HTTP requests made so far, further pages and retries included. */
  public long httpRequests() {
    return pages.requests();
  }

  @Override
  protected void fetchArcs(List<String> ids, Direction direction, ArcSink sink)
      throws InterruptedException {
    arcs(ids, 0, direction, sink);
  }

  /**
   * Where the endpoint refuses to sort so many rows it is asked for halves of the batch, then for
   * one direction at a time. Arcs that come again by this do no harm.
   */
  private void arcs(List<String> batch, int first, Direction direction, ArcSink sink)
      throws InterruptedException {
    try {
      pages.select(queries.arcs(batch, direction), row -> arc(row, batch, first, sink));
    } catch (SortLimitException e) {
      int half = batch.size() / 2;
      if (half > 0) {
        arcs(batch.subList(0, half), first, direction, sink);
        arcs(batch.subList(half, batch.size()), first + half, direction, sink);
      } else if (direction == Direction.BOTH) {
        arcs(batch, first, Direction.FORWARD, sink);
        arcs(batch, first, Direction.BACKWARD, sink);
      } else {
        throw new SetupException(
            "the arcs of "
                + batch.get(0)
                + " are too many: "
                + e.getMessage()
                + "; raise MaxSortedTopRows in the [Parameters] of virtuoso.ini, or hide the"
                + " predicates that make hubs with denyPredicates",
            e);
      }
    }
  }

  private void arc(Map<String, Term> row, List<String> batch, int first, ArcSink sink) {
    int position = first + position(row, batch);
    Term relation = required(row, "p");
    boolean inverse = row.containsKey("s");
    Term neighbour = required(row, inverse ? "s" : "o");
    if (!relation.isIri() || relation.value().isEmpty()) {
      throw notAsked("a row whose p is no IRI");
    }
    if (!neighbour.isIri()) {
      sink.skipped(position, "a neighbour is a blank node, which SPARQL cannot ask for");
    } else if (!QueryIris.isSafe(neighbour.value())) {
      sink.skipped(position, "a neighbour's IRI cannot be written in a query");
    } else {
      sink.arc(position, relation.value(), inverse, neighbour.value());
    }
  }

  private void all(String query, Consumer<Map<String, Term>> row) throws InterruptedException {
    try {
      pages.select(query, row);
    } catch (SortLimitException e) {
      throw new SetupException(e.getMessage() + "; use a smaller batch size", e);
    }
  }

  @Override
  protected Set<String> findEntities(List<String> ids) throws InterruptedException {
    List<String> safe = ids.stream().filter(QueryIris::isSafe).toList();
    Set<String> found = new HashSet<>();
    if (!safe.isEmpty()) {
      all(queries.entities(safe), row -> found.add(required(row, "e").value()));
    }
    return found;
  }

  @Override
  protected boolean findRelation(String id) throws InterruptedException {
    Set<String> found = new HashSet<>();
    if (QueryIris.isSafe(id) && settings.predicates().isArc(id)) {
      all(queries.relation(id), row -> found.add(required(row, "p").value()));
    }
    return found.contains(id);
  }

  @Override
  protected Map<String, List<String>> fetchNames(List<String> ids) throws InterruptedException {
    List<String> safe = ids.stream().filter(QueryIris::isSafe).toList();
    Names names = new Names(settings.languages());
    if (!safe.isEmpty()) {
      names(safe, names);
    }
    return names.sorted();
  }

  private void names(List<String> batch, Names names) throws InterruptedException {
    try {
      pages.select(
          queries.names(batch),
          row ->
              names.add(
                  batch.get(position(row, batch)), required(row, "p").value(), required(row, "l")));
    } catch (SortLimitException e) {
      int half = batch.size() / 2;
      if (half == 0) {
        throw new SetupException(
            "the names of "
                + batch.get(0)
                + " are too many: "
                + e.getMessage()
                + "; choose fewer languages",
            e);
      }
      names(batch.subList(0, half), names);
      names(batch.subList(half, batch.size()), names);
    }
  }

  @Override
  protected Map<String, List<String>> fetchRelationNames(List<String> ids)
      throws InterruptedException {
    return fetchNames(ids);
  }

  @Override
  protected String fetchSnapshot() {
    if (!settings.snapshot().isEmpty()) {
      return settings.snapshot();
    }
    String graphs =
        settings.graphs().stream().map(graph -> " graph " + graph).collect(Collectors.joining());
    PredicateFilter predicates = settings.predicates();
    return "sparql:"
        + settings.place()
        + graphs
        + (predicates.allow().isEmpty() ? "" : " only " + String.join(" ", predicates.allow()))
        + (predicates.deny().isEmpty() ? "" : " without " + String.join(" ", predicates.deny()));
  }

  private int position(Map<String, Term> row, List<String> batch) {
    try {
      int position = Integer.parseInt(required(row, "i").value());
      if (position >= 0 && position < batch.size()) {
        return position;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw notAsked("a row with i = " + row.get("i"));
  }

  private Term required(Map<String, Term> row, String variable) {
    Term term = row.get(variable);
    if (term == null) {
      throw notAsked("a row without " + variable);
    }
    return term;
  }

  private SetupException notAsked(String what) {
    return new SetupException(
        settings.place()
            + " answered what was not asked: "
            + settings.secrets().redact(what)
            + "; is it a SPARQL endpoint?");
  }

  /** The endpoint, without its query part and credentials. */
  @Override
  public String toString() {
    return "SparqlKnowledgeGraph[" + settings.place() + "]";
  }
}
