package ai.kale.train.reference;

import ai.kale.error.CorruptFileException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.AtomicFiles;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorInfo;
import ai.kale.train.checkpoint.TensorType;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An adapter to and from a folder in PEFT's layout. */
final class AdapterFiles {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final List<String> UNKNOWN =
      List.of("use_dora", "use_rslora", "fan_in_fan_out", "lora_bias");

  private AdapterFiles() {}

  static void write(Path folder, Parameters parameters, Adapter adapter, String baseModel) {
    Folders.create(folder);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    adapter.names().forEach(name -> shapes.put(name, parameters.shape(name)));
    SafetensorsWriter.write(
        folder.resolve(WEIGHTS), shapes, parameters::floats, TensorType.F32, Map.of());
    LoraSpec spec = adapter.spec();
    ObjectNode json = Json.object();
    json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM");
    json.put("base_model_name_or_path", baseModel).put("bias", "none");
    json.put("r", spec.rank()).put("lora_alpha", spec.alpha()).put("lora_dropout", spec.dropout());
    boolean patterns = spec.targetModules().stream().anyMatch(Adapter::isPattern);
    ArrayNode targets = json.putArray("target_modules");
    (patterns ? adapter.modules() : spec.targetModules()).forEach(targets::add);
    AtomicFiles.writeString(folder.resolve(CONFIG), Json.pretty(json));
  }

  /** Adds a saved adapter to the parameters. */
  static Adapter read(Path folder, Parameters parameters) {
    Path file = folder.resolve(CONFIG);
    JsonNode json = Json.read(file);
    boolean plain =
        json.path("peft_type").asText().equals("LORA")
            && json.path("bias").asText("none").equals("none")
            && UNKNOWN.stream().noneMatch(field -> json.path(field).asBoolean());
    if (!plain) {
      throw new UnsupportedCapabilityException(file + ": only plain LoRA without bias is read");
    }
    List<String> targets = new ArrayList<>();
    JsonNode modules = json.path("target_modules");
    (modules.isTextual() ? List.of(modules) : modules).forEach(m -> targets.add(m.asText()));
    try {
      LoraSpec spec =
          new LoraSpec(
              json.path("r").asInt(),
              json.path("lora_alpha").asDouble(),
              json.path("lora_dropout").asDouble(),
              targets,
              0);
      Adapter adapter = Adapter.create(parameters, spec);
      fill(folder.resolve(WEIGHTS), parameters, adapter);
      return adapter;
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(file + ": " + e.getMessage() + "; mend the file", e);
    }
  }

  private static void fill(Path file, Parameters parameters, Adapter adapter) {
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      for (String name : adapter.names()) {
        TensorInfo tensor = source.tensors().get(name);
        if (tensor == null || !Arrays.equals(tensor.shape(), parameters.shape(name))) {
          throw new CorruptFileException(
              file + ": tensor " + name + " is missing or of another shape; mend the file");
        }
        parameters.set(name, source.floats(name));
      }
      if (source.tensors().size() != adapter.names().size()) {
        throw new CorruptFileException(file + ": more tensors than the configuration names");
      }
    }
  }
}
