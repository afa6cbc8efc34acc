/**
 * Question sets: readers for public formats ({@link ai.kale.dataset.QuestionFormats}) and what is
 * done with a set before it is used: splits and samples by group, deduplication, label noise,
 * statistics.
 *
 * <p>Everything random takes a seed, and depends on the names of groups only, not on the order of
 * the questions: see {@link ai.kale.dataset.QuestionSplits}.
 */
@NullMarked
package ai.kale.dataset;

import org.jspecify.annotations.NullMarked;
