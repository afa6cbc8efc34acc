/**
 * The four stages and the fluent chain that joins them: {@link ai.kale.KnowledgeGraph}, {@link
 * ai.kale.PathExtractor}, {@link ai.kale.RationaleSynthesizer}, {@link
 * ai.kale.KnowledgeAwareTrainer}; start at {@link ai.kale.Kale}.
 */
@NullMarked
package ai.kale;

import org.jspecify.annotations.NullMarked;
