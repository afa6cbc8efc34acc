/** Text to token ids and back: tokenizers, a word-level tokenizer writer, prompt formats. */
@NullMarked
package ai.kale.train.text;

import org.jspecify.annotations.NullMarked;
