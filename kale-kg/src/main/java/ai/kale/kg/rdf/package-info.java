/** RDF statements as a knowledge graph: labels, aliases and Apache Commons RDF. */
@NullMarked
package ai.kale.kg.rdf;

import org.jspecify.annotations.NullMarked;
