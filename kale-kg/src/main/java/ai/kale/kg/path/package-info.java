/** Path extraction: the exact extractor, its oracle, and grounding of whole question sets. */
@NullMarked
package ai.kale.kg.path;

import org.jspecify.annotations.NullMarked;
