package ai.kale.export;

import static ai.kale.export.ExportWriter.filled;

import ai.kale.data.RationalizedQuestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ShareGPT format: {@code conversations}, a list with {@code from} ({@code human}, then {@code
 * gpt}) and {@code value}; {@code system}, empty where there is none; and {@code id} to find a row
 * again.
 */
public final class ShareGptExport implements Export {
  private final ExportText text;

  private ShareGptExport(ExportText text) {
    this.text = text;
  }

  /** With the standard texts. */
  public static ShareGptExport conversations() {
    return new ShareGptExport(ExportText.standard());
  }

  /**
   * The same with other texts.
   *
   * @param newText prompt, target and system text
   * @return a new export
   */
  public ShareGptExport with(ExportText newText) {
    return new ShareGptExport(newText);
  }

  @Override
  public String format() {
    return "sharegpt";
  }

  @Override
  public Map<String, Object> row(RationalizedQuestion row) {
    String prompt = filled("prompt", text.prompt(row.question()));
    String completion = filled("completion", text.completion(row));
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put(
        "conversations",
        List.of(
            Messages.pair("from", "human", "value", prompt),
            Messages.pair("from", "gpt", "value", completion)));
    columns.put("system", text.system());
    columns.put("id", row.question().id());
    return columns;
  }

  @Override
  public Optional<LlamaFactoryLayout> llamaFactory() {
    return Optional.of(
        new LlamaFactoryLayout(
            "sharegpt",
            Messages.pair("messages", "conversations", "system", "system"),
            tags("from", "value", "human", "gpt")));
  }

  static Map<String, String> tags(String role, String content, String user, String assistant) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("role_tag", role);
    tags.put("content_tag", content);
    tags.put("user_tag", user);
    tags.put("assistant_tag", assistant);
    tags.put("system_tag", "system");
    return tags;
  }
}
