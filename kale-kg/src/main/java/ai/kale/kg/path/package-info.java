/** Path extraction: the exact extractor, its oracle, and following given relation paths. */
@NullMarked
package ai.kale.kg.path;

import org.jspecify.annotations.NullMarked;
