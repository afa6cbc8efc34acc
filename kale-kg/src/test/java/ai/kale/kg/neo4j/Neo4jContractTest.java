package ai.kale.kg.neo4j;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;

/** Relations are types, and an index finds the ids. */
class Neo4jContractTest extends KnowledgeGraphContract {
  private static final Neo4jOptions OPTIONS =
      Neo4jOptions.defaults().withIdProperty("id").withNodeLabels("Entity");

  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    Neo4jServer server = Neo4jServer.running();
    server.load(triples, "");
    return Neo4jKnowledgeGraph.of(server.driver(), OPTIONS);
  }
}
