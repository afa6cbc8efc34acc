package ai.kale.kg.neo4j;

import ai.kale.KnowledgeGraph;
import ai.kale.tck.KnowledgeGraphContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Relations are properties, and no index finds the ids. */
class Neo4jPropertiesContractTest extends KnowledgeGraphContract {
  private static final Neo4jOptions OPTIONS =
      Neo4jOptions.defaults()
          .withIdProperty("id")
          .withRelationProperty("p`q")
          .withWeightProperty("w")
          .withRelationshipTypes("STATEMENT", "OTHER")
          .withNodeLabels("Entity", "Other")
          .withDatabase("neo4j");

  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    Neo4jServer server = Neo4jServer.running();
    server.load(triples, "p`q");
    return Neo4jKnowledgeGraph.of(server.driver(), OPTIONS);
  }

  @Override
  protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
    return Optional.of(create(triples));
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    Neo4jServer server = Neo4jServer.running();
    server.load(triples, "p`q");
    server.name(names);
    return Optional.of(
        Neo4jKnowledgeGraph.of(server.driver(), OPTIONS.withNameProperties("title", "aliases")));
  }

  @Override
  protected boolean namesRelations() {
    return false;
  }
}
