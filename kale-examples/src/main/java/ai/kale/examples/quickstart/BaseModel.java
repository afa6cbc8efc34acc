package ai.kale.examples.quickstart;

import ai.kale.data.RationalizedQuestion;
import ai.kale.error.SetupException;
import ai.kale.examples.console.Folders;
import ai.kale.examples.pretrain.Pretrainer;
import ai.kale.examples.pretrain.PretrainingTexts;
import ai.kale.examples.world.World;
import ai.kale.run.AtomicFiles;
import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.TrainingCheckpoint;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.io.Sha256;
import ai.kale.train.io.WeightsHash;
import ai.kale.train.text.PromptFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model every method starts from: shipped for the shipped graph, else pretrained on the spot.
 *
 * @param folder checkpoint folder with tokenizer
 * @param tokenizer its tokenizer; close the base model to close it
 * @param format how questions are laid out
 * @param weightsHash names the weights
 */
record BaseModel(
    Path folder, HuggingFaceTokenizer tokenizer, PromptFormat format, String weightsHash)
    implements AutoCloseable {
  private static final List<String> SHIPPED =
      List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
  private static final String DONE = "pretrained";
  private static final String MADE_OF = "made-of";
  private static final int HIDDEN = 128;
  private static final int FEED_FORWARD = 256;
  private static final double LEARNING_RATE = 2.5e-3;
  private static final int BATCH = 64;
  private static final long SEED = 1;

  static BaseModel prepare(
      Task task, QuickstartOptions options, TensorEngine engine, RunContext context) {
    Path folder = options.out.resolve("base");
    PromptFormat format = PromptFormat.standard();
    boolean shipped =
        options.graphFile().isEmpty() && !options.pretrain && World.ships("base/model.safetensors");
    claim(Folders.make(folder), shipped ? "shipped" : key(task, options));
    if (shipped) {
      SHIPPED.forEach(name -> World.copy("base/" + name, folder.resolve(name)));
    } else if (!Files.exists(folder.resolve(DONE))) {
      pretrain(task, options, engine, context, folder, format);
    }
    try (TensorModel model = engine.open(folder, EngineOptions.cpu())) {
      return new BaseModel(
          folder, HuggingFaceTokenizer.load(folder), format, WeightsHash.of(model));
    }
  }

  /** Marks the folder as this model's; refuses one that holds the model of something else. */
  private static void claim(Path folder, String key) {
    Path mark = folder.resolve(MADE_OF);
    try {
      if (Files.exists(mark) && !Files.readString(mark).equals(key)) {
        throw new SetupException(
            folder
                + " holds a base model of another graph or of other pretraining options; choose"
                + " another folder with --out, or delete it");
      }
    } catch (IOException e) {
      throw new SetupException("cannot read " + mark + ": " + e.getMessage(), e);
    }
    AtomicFiles.writeString(mark, key);
  }

  private static String key(Task task, QuickstartOptions options) {
    return new Sha256().add(options.pretrainSteps).add(SEED).add(texts(task).describe()).hex();
  }

  private static PretrainingTexts texts(Task task) {
    return new PretrainingTexts(
        task.facts(), task.pool().stream().map(RationalizedQuestion::question).toList());
  }

  private static void pretrain(
      Task task,
      QuickstartOptions options,
      TensorEngine engine,
      RunContext context,
      Path folder,
      PromptFormat format) {
    Pretrainer pretrainer =
        new Pretrainer(
            texts(task),
            new Pretrainer.Size(
                HIDDEN,
                FEED_FORWARD,
                options.pretrainSteps(task.facts().tripleCount()),
                LEARNING_RATE,
                BATCH,
                SEED));
    Path progress = folder.resolve("progress");
    Optional<TrainingCheckpoint> latest = TrainingCheckpoint.latest(progress);
    if (latest.isEmpty()) {
      pretrainer.create(folder, format);
    }
    RunContext named =
        new RunContext(
            p -> context.progress().onProgress(new Progress("pretrain", p.done(), p.total(), "")),
            context.cancellation());
    try (TensorModel model =
            latest.isPresent()
                ? latest.get().open(engine, folder, EngineOptions.cpu())
                : engine.open(folder, EngineOptions.cpu());
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      pretrainer.run(model, tokenizer, format, named, progress, latest);
      model.save(folder);
      HalfSize.shrink(folder);
      Files.createFile(folder.resolve(DONE));
    } catch (IOException e) {
      throw new SetupException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
