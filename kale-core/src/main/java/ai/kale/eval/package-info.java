/**
 * Evaluation metrics: accuracy, known and incorrect, retention, and paired statistics over seeds.
 */
@NullMarked
package ai.kale.eval;

import org.jspecify.annotations.NullMarked;
