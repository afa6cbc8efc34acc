package ai.kale.data;

/**
 * A text that leads from the question to the answer.
 *
 * @param text the rationale
 * @param teacher who wrote it, for example {@code "template/2"} or {@code "openai:gpt-4o"}
 * @param promptTokens tokens the teacher read, 0 where not counted
 * @param completionTokens tokens the teacher wrote, 0 where not counted
 */
public record Rationale(String text, String teacher, long promptTokens, long completionTokens) {}
