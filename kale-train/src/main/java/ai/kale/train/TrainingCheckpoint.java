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
import ai.kale.train.io.Sha256;
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
 * whole or not at all, with the checksum of each file; the two latest are kept, and what a killed
 * run left half written is deleted.
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
  private static final String STATE = "state.json";
  private static final String CHECK = "check";
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
    try {
      AtomicFiles.writeString(part.resolve(STATE), json(state, CheckpointFiles.hashes(part)));
    } catch (IOException e) {
      throw new SetupException(
          part + " cannot be read back: " + e + "; check the disk, then train again", e);
    }
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
   * Checks all files and opens weights and optimizer as they were. Cost: each file is read once
   * more.
   *
   * @param engine the engine that wrote them
   * @param base the checkpoint that the run began with; read where only an adapter was trained
   * @param options where to run; the adapter in them is replaced by that of this checkpoint
   * @return the model; close it
   * @throws CorruptFileException if a file is damaged or missing; deleting this folder falls back
   *     to the checkpoint before
   */
  public TensorModel open(TensorEngine engine, Path base, EngineOptions options) {
    checkFiles();
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

  private void checkFiles() {
    Map<String, String> hashes = texts(root(folder).path("files"));
    try {
      CheckpointFiles.problem(folder, hashes)
          .ifPresent(
              what -> {
                throw damaged(folder, what);
              });
    } catch (IOException e) {
      throw new SetupException(folder + " cannot be read: " + e + "; check rights", e);
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

  private static String json(LoopState state, Map<String, String> hashes) {
    ObjectNode root = Json.object();
    root.put("version", VERSION);
    ObjectNode run = root.putObject("run");
    new TreeMap<>(state.run()).forEach(run::put);
    root.put("passes", state.passes());
    root.put("step", state.step()).put("tokens", state.tokens());
    ArrayNode visits = root.putArray("visits");
    state.visits().forEach(v -> visits.add(v.longValue()));
    ObjectNode files = root.putObject("files");
    hashes.forEach(files::put);
    return Json.pretty(root.put(CHECK, check(root)));
  }

  /** The checksum of everything else in the file, however it is laid out. */
  private static String check(ObjectNode root) {
    ObjectNode rest = root.deepCopy();
    rest.remove(CHECK);
    return new Sha256().add(rest.toString()).hex();
  }

  private static JsonNode root(Path folder) {
    Path file = folder.resolve(STATE);
    if (!Files.exists(file)) {
      throw damaged(folder, "has no " + STATE);
    }
    JsonNode root;
    try {
      root = Json.read(file);
    } catch (CorruptFileException e) {
      throw damaged(folder, "has a damaged state.json (" + e.getMessage() + ")");
    }
    if (!(root instanceof ObjectNode all) || !check(all).equals(root.path(CHECK).asText())) {
      throw damaged(folder, "has a damaged state.json, or one of another version");
    }
    return root;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  private static LoopState read(Path folder) {
    JsonNode root = root(folder);
    if (root.path("version").asInt() != VERSION
        || !root.path("step").isInt()
        || !root.path("run").isObject()
        || !root.path("visits").isArray()) {
      throw damaged(folder, "has a damaged state.json, or one of another version");
    }
    List<Long> visits = new ArrayList<>();
    root.path("visits").forEach(v -> visits.add(v.asLong()));
    return new LoopState(
        texts(root.path("run")),
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
