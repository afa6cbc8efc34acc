/** Triples from files: RDF, tab-separated text, CSV and known data sets, plain or packed. */
@NullMarked
package ai.kale.kg.io;

import org.jspecify.annotations.NullMarked;
