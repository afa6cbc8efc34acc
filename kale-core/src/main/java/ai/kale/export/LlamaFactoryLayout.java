package ai.kale.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What LLaMA-Factory must know of a file's rows: an entry of its {@code dataset_info.json} without
 * the file.
 *
 * @param formatting {@code "alpaca"} or {@code "sharegpt"}
 * @param columns its name for a column to ours
 * @param tags its name for a key or role of a message to ours; empty for {@code "alpaca"}
 */
public record LlamaFactoryLayout(
    String formatting, Map<String, String> columns, Map<String, String> tags) {
  /** Copies the maps and keeps their order. */
  public LlamaFactoryLayout {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }
}
