/** Fine-tunes a Hugging Face checkpoint on rationalized questions, from the command line. */
@NullMarked
package ai.kale.examples.finetune;

import org.jspecify.annotations.NullMarked;
