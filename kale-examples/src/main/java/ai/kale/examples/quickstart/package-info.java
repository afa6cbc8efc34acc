/** The quickstart: from a knowledge graph to a fine-tuned model measured against its baselines. */
@NullMarked
package ai.kale.examples.quickstart;

import org.jspecify.annotations.NullMarked;
