package ai.kale.kg.neo4j;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import java.util.ArrayList;
import java.util.List;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;

/** Streams a database into a graph in memory. For one copy, because a transaction may repeat. */
final class Neo4jCopy {
  private static final int MOST_REASONS = 10;

  private final Neo4jOptions options;
  private final CypherQueries queries;
  private final CompactGraphBuilder builder;
  private final List<String> reasons = new ArrayList<>();
  private long skipped;

  Neo4jCopy(Neo4jOptions options, CypherQueries queries) {
    this.options = options;
    this.queries = queries;
    this.builder =
        options.weightProperty().isEmpty()
            ? new CompactGraphBuilder()
            : CompactGraphBuilder.weighted();
  }

  LoadedGraph of(TransactionContext transaction) {
    Result arcs = transaction.run(queries.allArcs());
    while (arcs.hasNext()) {
      add(ArcRow.of(arcs.next(), options.weightProperty()));
    }
    Result nodes = transaction.run(queries.allNames());
    while (nodes.hasNext()) {
      addNames(nodes.next());
    }
    CompactGraph graph = builder.build();
    return new LoadedGraph(
        graph,
        new LoadReport(
            graph.tripleCount().orElseThrow(),
            graph.duplicateTriples(),
            graph.nameCount(),
            builder.namesDropped(),
            skipped,
            reasons));
  }

  private void add(ArcRow row) {
    String problem = row.problem(options);
    if (!problem.isEmpty()) {
      skip(problem);
    } else if (options.weightProperty().isEmpty()) {
      builder.addTriple(row.at(), row.relation(), row.neighbour());
    } else {
      builder.addTriple(row.at(), row.relation(), row.neighbour(), row.weight());
    }
  }

  private void addNames(Record row) {
    String id = ArcRow.id(row.get("id"));
    List<String> names = Neo4jKnowledgeGraph.texts(row.get("names"));
    if (id.isEmpty()) {
      skip("a node without a text or whole number as " + options.idProperty());
      return;
    }
    builder.addEntity(id);
    for (int i = 0; i < names.size(); i++) {
      builder.addName(id, names.get(i), Math.min(i, CompactGraphBuilder.FALLBACK - 1));
    }
  }

  private void skip(String reason) {
    skipped++;
    if (reasons.size() < MOST_REASONS) {
      reasons.add(reason);
    }
  }
}
