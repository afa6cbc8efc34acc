/**
 * Chat templates of Hugging Face checkpoints. Jinjava reads and renders the block structure;
 * expressions, whitespace and scopes follow Jinja2's rules, which Jinjava's own do not.
 */
@NullMarked
package ai.kale.train.chat;

import org.jspecify.annotations.NullMarked;
