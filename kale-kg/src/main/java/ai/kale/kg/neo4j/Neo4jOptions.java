package ai.kale.kg.neo4j;

import ai.kale.kg.remote.RemoteOptions;
import java.util.List;

/**
 * What of a Neo4j database is seen as a knowledge graph, and how.
 *
 * @param database its name, empty for the user's home database
 * @param idProperty the node property that is the entity id: a text or a whole number that no two
 *     nodes share; empty for Neo4j's own element ids
 * @param relationProperty the relationship property that is the relation id; empty for the
 *     relationship's type
 * @param weightProperty the relationship property that is the weight: a number, finite, 0 or more;
 *     empty for a graph without weights. A relationship without the property weighs 1
 * @param nameProperties node properties that give names, the preferred first; each a text or a list
 *     of texts
 * @param nodeLabels only nodes with one of these labels are entities; none for all nodes
 * @param relationshipTypes only relationships of these types are triples; none for all
 * @param snapshot the name of the database's state in provenance; empty for the bookmark of its
 *     last transaction
 * @param closing whether closing the knowledge graph closes the driver
 * @param remote batch size and bounds of the caches
 */
public record Neo4jOptions(
    String database,
    String idProperty,
    String relationProperty,
    String weightProperty,
    List<String> nameProperties,
    List<String> nodeLabels,
    List<String> relationshipTypes,
    String snapshot,
    boolean closing,
    RemoteOptions remote) {
  /** Copies the lists. */
  public Neo4jOptions {
    nameProperties = List.copyOf(nameProperties);
    nodeLabels = List.copyOf(nodeLabels);
    relationshipTypes = List.copyOf(relationshipTypes);
  }

  /**
   * The home database, element ids, types as relations, no weights, names from {@code name}, all
   * nodes and relationships; the driver stays open.
   */
  public static Neo4jOptions defaults() {
    return new Neo4jOptions(
        "", "", "", "", List.of("name"), List.of(), List.of(), "", false, RemoteOptions.defaults());
  }

  /**
   * The same for another database.
   *
   * @param name its name, empty for the user's home database
   * @return new options
   */
  public Neo4jOptions withDatabase(String name) {
    return new Neo4jOptions(
        name,
        idProperty,
        relationProperty,
        weightProperty,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        snapshot,
        closing,
        remote);
  }

  /**
   * The same with another entity id. An index on the property makes look-ups fast; it is used only
   * if {@link #nodeLabels} names the labels it is on.
   *
   * @param property of nodes; empty for element ids
   * @return new options
   */
  public Neo4jOptions withIdProperty(String property) {
    return new Neo4jOptions(
        database,
        property,
        relationProperty,
        weightProperty,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        snapshot,
        closing,
        remote);
  }

  /**
   * The same with another relation id.
   *
   * @param property of relationships; empty for their type
   * @return new options
   */
  public Neo4jOptions withRelationProperty(String property) {
    return new Neo4jOptions(
        database,
        idProperty,
        property,
        weightProperty,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        snapshot,
        closing,
        remote);
  }

  /**
   * The same with weights.
   *
   * @param property of relationships; empty for no weights
   * @return new options
   */
  public Neo4jOptions withWeightProperty(String property) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        property,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        snapshot,
        closing,
        remote);
  }

  /**
   * The same with other names.
   *
   * @param properties of nodes, the preferred first
   * @return new options
   */
  public Neo4jOptions withNameProperties(String... properties) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        weightProperty,
        List.of(properties),
        nodeLabels,
        relationshipTypes,
        snapshot,
        closing,
        remote);
  }

  /**
   * The same for nodes with one of some labels.
   *
   * @param labels none for all nodes
   * @return new options
   */
  public Neo4jOptions withNodeLabels(String... labels) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        weightProperty,
        nameProperties,
        List.of(labels),
        relationshipTypes,
        snapshot,
        closing,
        remote);
  }

  /**
   * The same for relationships of some types.
   *
   * @param types none for all
   * @return new options
   */
  public Neo4jOptions withRelationshipTypes(String... types) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        weightProperty,
        nameProperties,
        nodeLabels,
        List.of(types),
        snapshot,
        closing,
        remote);
  }

  /**
   * The same with a name for the state of the database.
   *
   * @param name for provenance
   * @return new options
   */
  public Neo4jOptions withSnapshot(String name) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        weightProperty,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        name,
        closing,
        remote);
  }

  /**
   * The same, with the driver closed together with the knowledge graph or not.
   *
   * @param driver whether to close it
   * @return new options
   */
  public Neo4jOptions withClosing(boolean driver) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        weightProperty,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        snapshot,
        driver,
        remote);
  }

  /**
   * The same with other batches and caches.
   *
   * @param options batch size and bounds of the caches
   * @return new options
   */
  public Neo4jOptions withRemote(RemoteOptions options) {
    return new Neo4jOptions(
        database,
        idProperty,
        relationProperty,
        weightProperty,
        nameProperties,
        nodeLabels,
        relationshipTypes,
        snapshot,
        closing,
        options);
  }
}
