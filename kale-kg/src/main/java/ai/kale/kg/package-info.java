/** Knowledge graphs from files: start at {@link ai.kale.kg.KnowledgeGraphs}. */
@NullMarked
package ai.kale.kg;

import org.jspecify.annotations.NullMarked;
