/**
 * The JSONL forms of the records that travel between stages: one JSON object a line, UTF-8, the
 * field {@code "kale"} naming type and version. Start at {@link ai.kale.jsonl.JsonlFormat}; plain
 * user files with questions are read by {@link ai.kale.jsonl.QuestionFiles}.
 */
@NullMarked
package ai.kale.jsonl;

import org.jspecify.annotations.NullMarked;
