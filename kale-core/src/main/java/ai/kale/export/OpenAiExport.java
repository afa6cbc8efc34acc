package ai.kale.export;

import static ai.kale.export.ExportWriter.filled;

import ai.kale.data.RationalizedQuestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenAI's chat format for supervised fine-tuning: one column {@code messages}, a list of messages
 * with {@code role} and {@code content}. There is no other column, since the service refuses those
 * that it does not know. The service wants at least ten rows.
 */
public final class OpenAiExport implements Export {
  private final ExportText text;

  private OpenAiExport(ExportText text) {
    this.text = text;
  }

  /** With the standard texts. */
  public static OpenAiExport messages() {
    return new OpenAiExport(ExportText.standard());
  }

  /**
   * The same with other texts.
   *
   * @param newText prompt, target and system text
   * @return a new export
   */
  public OpenAiExport with(ExportText newText) {
    return new OpenAiExport(newText);
  }

  @Override
  public String format() {
    return "openai";
  }

  @Override
  public Map<String, Object> row(RationalizedQuestion row) {
    String prompt = filled("prompt", text.prompt(row.question()));
    Map<String, String> reply =
        Messages.of("assistant", filled("completion", text.completion(row)));
    List<Map<String, String>> messages =
        Stream.concat(Messages.before(text.system(), prompt).stream(), Stream.of(reply)).toList();
    return Map.of("messages", messages);
  }

  @Override
  public Optional<LlamaFactoryLayout> llamaFactory() {
    return Optional.of(
        new LlamaFactoryLayout(
            "sharegpt",
            Map.of("messages", "messages"),
            ShareGptExport.tags("role", "content", "user", "assistant")));
  }
}
