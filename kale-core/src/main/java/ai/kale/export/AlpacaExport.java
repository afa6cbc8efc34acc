package ai.kale.export;

import static ai.kale.export.ExportWriter.filled;

import ai.kale.data.RationalizedQuestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Alpaca format: the columns {@code instruction}, {@code input}, {@code output} and {@code
 * system}, and {@code id} to find a row again. A question with an instruction has it in its column
 * and the rest as input; otherwise the whole prompt is the instruction. Every row has every column,
 * empty where there is nothing.
 */
public final class AlpacaExport implements Export {
  private final ExportText text;

  private AlpacaExport(ExportText text) {
    this.text = text;
  }

  /** With the standard texts. */
  public static AlpacaExport rows() {
    return new AlpacaExport(ExportText.standard());
  }

  /**
   * The same with other texts.
   *
   * @param newText prompt, target and system text
   * @return a new export
   */
  public AlpacaExport with(ExportText newText) {
    return new AlpacaExport(newText);
  }

  @Override
  public String format() {
    return "alpaca";
  }

  @Override
  public Map<String, Object> row(RationalizedQuestion row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("instruction", filled("prompt", text.instruction(row.question())));
    columns.put("input", text.input(row.question()));
    columns.put("output", filled("completion", text.completion(row)));
    columns.put("system", text.system());
    columns.put("id", row.question().id());
    return columns;
  }

  @Override
  public Optional<LlamaFactoryLayout> llamaFactory() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("prompt", "instruction");
    columns.put("query", "input");
    columns.put("response", "output");
    columns.put("system", "system");
    return Optional.of(new LlamaFactoryLayout("alpaca", columns, Map.of()));
  }
}
