/** Triples from files: N-Triples and tab-separated text, plain or gzip. */
@NullMarked
package ai.kale.kg.io;

import org.jspecify.annotations.NullMarked;
