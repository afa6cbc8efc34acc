package ai.kale.spi.tensor;

import java.nio.file.Path;

/**
 * An adapter that was saved in PEFT's layout: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. Training continues from its values.
 *
 * @param folder the folder with both files
 */
public record SavedAdapter(Path folder) implements AdapterSource {}
