package ai.kale.examples.finetune;

import ai.kale.error.SetupException;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.Precision;
import ai.kale.train.Schedule;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the command line says. */
final class FineTuneOptions {
  /** What is minimised. */
  enum Preset {
    kale,
    paper,
    kale_lens,
    sft,
    sft_lens,
    rationale;

    Objective objective() {
      return switch (this) {
        case kale -> Objectives.kale();
        case paper -> Objectives.kalePaper();
        case kale_lens -> Objectives.kaleWithBridgeLens();
        case sft -> Objectives.sft();
        case sft_lens -> Objectives.sftWithBridgeLens();
        case rationale -> Objectives.rationaleThenAnswer();
      };
    }
  }

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Checkpoint: config.json, *.safetensors, tokenizer.json.")
  @Nullable Path model;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "Rationalized questions (JSONL), as knowledge induction writes them.")
  @Nullable Path data;

  @Option(
      names = "--objective",
      defaultValue = "kale",
      description =
          "${COMPLETION-CANDIDATES}: KL(q||p), the paper's KL(p||q), with the bridge lens, plain"
              + " fine-tuning, or rationale and answer. Default: ${DEFAULT-VALUE}.")
  Preset objective = Preset.kale;

  @Option(
      names = "--lora",
      paramLabel = "RANK",
      defaultValue = "16",
      description = "Rank of the adapter; 0 trains all weights. Default: ${DEFAULT-VALUE}.")
  int lora = 16;

  @Option(names = "--bf16", description = "Compute in bfloat16.")
  boolean bf16;

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "cpu or gpu:N. Default: ${DEFAULT-VALUE}.")
  String device = "cpu";

  @Option(
      names = "--checkpointing",
      description = "Compute blocks twice instead of keeping their activations.")
  boolean checkpointing;

  @Option(
      names = "--steps",
      defaultValue = "300",
      description = "Optimizer steps. Default: ${DEFAULT-VALUE}.")
  int steps = 300;

  @Option(
      names = "--rate",
      defaultValue = "2e-4",
      description = "Peak learning rate. Default: ${DEFAULT-VALUE}.")
  double rate = 2e-4;

  @Option(
      names = "--batch",
      defaultValue = "32",
      description = "Questions of a step. Default: ${DEFAULT-VALUE}.")
  int batch = 32;

  @Option(
      names = "--pass",
      defaultValue = "8",
      description = "Questions of one pass; less needs less memory. Default: ${DEFAULT-VALUE}.")
  int pass = 8;

  @Option(
      names = "--pass-tokens",
      paramLabel = "TOKENS",
      defaultValue = "8192",
      description =
          "Tokens of one pass, padding included; a longer question has its own. Default:"
              + " ${DEFAULT-VALUE}.")
  int passTokens = 8192;

  @Mixin TextOptions text = new TextOptions();

  @Mixin TeacherOptions teacher = new TeacherOptions();

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Questions of one hop (JSONL), trained on between the others.")
  @Nullable Path replay;

  @Option(
      names = "--replay-share",
      defaultValue = "0.3",
      description = "Share of the steps that take replayed questions. Default: ${DEFAULT-VALUE}.")
  double replayShare = 0.3;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Determines every random choice. Default: ${DEFAULT-VALUE}.")
  long seed = 42;

  @Option(
      names = "--save-every",
      paramLabel = "STEPS",
      defaultValue = "50",
      description = "Steps between two checkpoints. Default: ${DEFAULT-VALUE}.")
  int saveEvery = 50;

  @Option(names = "--merge", description = "Also write full weights with the adapter merged.")
  boolean merge;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kale-out/fine-tune",
      description = "Where everything goes. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/fine-tune");

  /** The engine's options. */
  EngineOptions engine() {
    EngineOptions options =
        EngineOptions.cpu()
            .withDevice(device)
            .withPrecision(bf16 ? Precision.BF16 : Precision.F32)
            .withActivationCheckpointing(checkpointing);
    return lora == 0 ? options : options.withAdapter(LoraSpec.ofRank(lora, seed));
  }

  /** Steps and rate. */
  Schedule schedule() {
    return Schedule.of(steps, rate, seed);
  }

  /** Longest text of the trained model. */
  int newTokens() {
    return text.newTokens(objective == Preset.rationale);
  }

  /** The replayed questions' file. */
  Optional<Path> replay() {
    return Optional.ofNullable(replay);
  }

  /** The base checkpoint, which the command line always has. */
  Path base() {
    return required(model, "--model");
  }

  /** The data, which the command line always has. */
  Path rows() {
    return required(data, "--data");
  }

  private static Path required(@Nullable Path value, String option) {
    if (value == null) {
      throw new SetupException(option + " is missing");
    }
    return value;
  }

  /** Refuses what cannot work before anything is read. */
  void check() {
    if (steps < 1
        || batch < 1
        || pass < 1
        || passTokens < 1
        || saveEvery < 1
        || lora < 0
        || !(rate > 0)) {
      throw new SetupException(
          "--steps, --batch, --pass, --pass-tokens and --save-every must be at least 1, --rate"
              + " positive, --lora not negative");
    }
    if (!(replayShare > 0 && replayShare < 1)) {
      throw new SetupException("--replay-share must lie between 0 and 1");
    }
    text.check();
    teacher.check(lora > 0);
    if (!Files.isDirectory(base())) {
      throw new SetupException("there is no folder " + base() + "; check --model");
    }
    if (!Files.isRegularFile(rows())) {
      throw new SetupException("there is no file " + rows() + "; check --data");
    }
    if (replay != null && !Files.isRegularFile(replay)) {
      throw new SetupException("there is no file " + replay + "; check --replay");
    }
  }
}
