/**
 * Apache Jena datasets as knowledge graphs. Needs {@code org.apache.jena:jena-arq}, which {@code
 * kale-kg} does not bring.
 */
@NullMarked
package ai.kale.kg.jena;

import org.jspecify.annotations.NullMarked;
