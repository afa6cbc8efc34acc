package ai.kale.train;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Json;
import ai.kale.train.teacher.EvolvingTeacher;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A state of a training run on disk: a folder {@code step-0000000100} with {@code weights/} (a
 * Hugging Face checkpoint) or, where an adapter is trained, only {@code adapter/} (PEFT's layout);
 * {@code optimizer.bin} with the moments and where the dropout's random numbers stand; {@code
 * teacher-0.safetensors} where the teacher follows the student; and {@code state.json}. It appears
 * whole or not at all; the two latest are kept, and what a killed run left half written is deleted.
 *
 * @param folder the folder
 * @param state where the loop was
 */
public record TrainingCheckpoint(Path folder, LoopState state) {
  private static final int KEPT = 2;
  private static final int VERSION = 2;
  private static final String PREFIX = "step-";
  private static final String WEIGHTS = "weights";
  private static final String ADAPTER = "adapter";
  private static final String BASE_NAME = "the base model of this run";

  /**
   * Writes a checkpoint, unless there is one of the same step and run.
   *
   * @param parent folder of all checkpoints of the run, created if missing
   * @param model weights and optimizer
   * @param teachers those that follow the student, in the order of the sources
   * @param state where the loop is
   * @return the checkpoint
   * @throws SetupException if it cannot be written
   */
  public static TrainingCheckpoint write(
      Path parent, TensorModel model, List<EvolvingTeacher> teachers, LoopState state) {
    Path folder = parent.resolve(PREFIX + String.format("%010d", state.step()));
    if (!Files.exists(folder)) {
      Folders.makeWhole(folder, part -> fill(part, model, teachers, state));
      prune(parent);
    }
    return new TrainingCheckpoint(folder, state);
  }

  private static void fill(
      Path part, TensorModel model, List<EvolvingTeacher> teachers, LoopState state) {
    if (model.base().isPresent()) {
      model.saveAdapter(part.resolve(ADAPTER), BASE_NAME);
    } else {
      model.save(part.resolve(WEIGHTS));
    }
    model.saveOptimizer(part.resolve("optimizer.bin"));
    for (int i = 0; i < teachers.size(); i++) {
      teachers.get(i).save(part.resolve(teacherFile(i)));
    }
    AtomicFiles.writeString(part.resolve("state.json"), json(state));
  }

  private static String teacherFile(int index) {
    return "teacher-" + index + ".safetensors";
  }

  /**
   * The checkpoint with the most steps.
   *
   * @param parent folder of all checkpoints of a run; need not exist
   * @return the checkpoint, empty if there is none
   * @throws CorruptFileException if it is damaged; deleting its folder falls back to the one before
   */
  public static Optional<TrainingCheckpoint> latest(Path parent) {
    List<Path> all = list(parent);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Path folder = all.get(all.size() - 1);
    return Optional.of(new TrainingCheckpoint(folder, read(folder)));
  }

  /**
   * Opens weights and optimizer as they were.
   *
   * @param engine the engine that wrote them
   * @param base the checkpoint that the run began with; read where only an adapter was trained
   * @param options where to run; the adapter in them is replaced by that of this checkpoint
   * @return the model; close it
   * @throws CorruptFileException if a file is damaged
   */
  public TensorModel open(TensorEngine engine, Path base, EngineOptions options) {
    Path adapter = folder.resolve(ADAPTER);
    TensorModel model =
        Files.isDirectory(adapter)
            ? engine.open(base, options.withAdapter(new SavedAdapter(adapter)))
            : engine.open(folder.resolve(WEIGHTS), options.withoutAdapter());
    boolean loaded = false;
    try {
      model.loadOptimizer(folder.resolve("optimizer.bin"));
      loaded = true;
      return model;
    } finally {
      if (!loaded) {
        model.close();
      }
    }
  }

  /**
   * Restores teachers that follow the student.
   *
   * @param model what {@link #open} gave
   * @param teachers in the order they were written in
   * @throws CorruptFileException if a state is damaged or belongs to another model
   * @throws SetupException if there is none
   */
  void restore(TensorModel model, List<EvolvingTeacher> teachers) {
    for (int i = 0; i < teachers.size(); i++) {
      teachers.get(i).load(model, folder.resolve(teacherFile(i)));
    }
  }

  private static String json(LoopState state) {
    ObjectNode root = Json.object();
    root.put("version", VERSION);
    ObjectNode run = root.putObject("run");
    new TreeMap<>(state.run()).forEach(run::put);
    root.put("passes", state.passes());
    root.put("step", state.step()).put("tokens", state.tokens());
    ArrayNode visits = root.putArray("visits");
    state.visits().forEach(v -> visits.add(v.longValue()));
    return Json.pretty(root);
  }

  private static LoopState read(Path folder) {
    Path file = folder.resolve("state.json");
    if (!Files.exists(file)) {
      throw damaged(folder, "has no state.json");
    }
    JsonNode root = Json.read(file);
    if (root.path("version").asInt() != VERSION
        || !root.path("step").isInt()
        || !root.path("run").isObject()
        || !root.path("visits").isArray()) {
      throw damaged(folder, "has a damaged state.json, or one of another version");
    }
    List<Long> visits = new ArrayList<>();
    root.path("visits").forEach(v -> visits.add(v.asLong()));
    Map<String, String> run = new LinkedHashMap<>();
    root.path("run").properties().forEach(e -> run.put(e.getKey(), e.getValue().asText()));
    return new LoopState(
        run,
        root.path("passes").asText(),
        root.path("step").asInt(),
        root.path("tokens").asLong(),
        visits);
  }

  private static CorruptFileException damaged(Path folder, String what) {
    return new CorruptFileException(
        "the training checkpoint "
            + folder
            + " "
            + what
            + "; delete the folder to continue from an earlier one");
  }

  private static void prune(Path parent) {
    Folders.deleteAbandoned(parent);
    List<Path> all = list(parent);
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      try {
        Folders.deleteTree(old);
      } catch (IOException e) {
        throw new SetupException(
            "an old checkpoint, " + old + ", cannot be deleted: " + e + "; check rights", e);
      }
    }
  }

  private static List<Path> list(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(p -> p.getFileName().toString().startsWith(PREFIX)).sorted().toList();
    } catch (IOException e) {
      throw new SetupException(parent + " cannot be listed: " + e + "; check rights", e);
    }
  }
}
