/** Graphs behind a SPARQL 1.1 endpoint, over HTTP with the JDK's own client. */
@NullMarked
package ai.kale.kg.sparql;

import org.jspecify.annotations.NullMarked;
