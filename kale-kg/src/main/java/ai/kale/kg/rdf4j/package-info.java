/**
 * Eclipse RDF4J repositories as knowledge graphs. Needs {@code
 * org.eclipse.rdf4j:rdf4j-repository-api}, which {@code kale-kg} does not bring.
 */
@NullMarked
package ai.kale.kg.rdf4j;

import org.jspecify.annotations.NullMarked;
