/**
 * Neo4j databases over Bolt as knowledge graphs. Needs {@code org.neo4j.driver:neo4j-java-driver},
 * which {@code kale-kg} does not bring.
 */
@NullMarked
package ai.kale.kg.neo4j;

import org.jspecify.annotations.NullMarked;
