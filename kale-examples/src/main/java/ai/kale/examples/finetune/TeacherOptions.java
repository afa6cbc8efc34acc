package ai.kale.examples.finetune;

import ai.kale.error.SetupException;
import ai.kale.train.TeacherMode;
import picocli.CommandLine.Option;

/** Who gives the distributions that the student learns from. */
final class TeacherOptions {
  /** The teachers. */
  enum Kind {
    cached,
    base,
    live,
    ema,
    refreshed
  }

  @Option(
      names = "--teacher",
      defaultValue = "cached",
      description =
          "${COMPLETION-CANDIDATES}: the model as it begins, computed once or (base, with an"
              + " adapter) in each step; the student as it is; its moving average; a copy renewed"
              + " now and then. Default: ${DEFAULT-VALUE}.")
  Kind kind = Kind.cached;

  @Option(
      names = "--teacher-decay",
      paramLabel = "SHARE",
      defaultValue = "0.99",
      description = "Share of the average that a step keeps, for ema. Default: ${DEFAULT-VALUE}.")
  double decay = 0.99;

  @Option(
      names = "--teacher-every",
      paramLabel = "STEPS",
      defaultValue = "50",
      description = "Steps between two copies, for refreshed. Default: ${DEFAULT-VALUE}.")
  int every = 50;

  @Option(
      names = "--top-k",
      paramLabel = "TOKENS",
      defaultValue = "64",
      description = "Tokens the teacher's distributions keep. Default: ${DEFAULT-VALUE}.")
  int topK = 64;

  TeacherMode mode() {
    return switch (kind) {
      case cached -> TeacherMode.frozenCached();
      case base -> TeacherMode.frozenLive();
      case live -> TeacherMode.live();
      case ema -> TeacherMode.ema(decay);
      case refreshed -> TeacherMode.refreshed(every);
    };
  }

  /** Refuses what cannot work before anything is read. */
  void check(boolean adapter) {
    if (kind == Kind.base && !adapter) {
      throw new SetupException("--teacher base needs an adapter; take --lora, or --teacher cached");
    }
    if (!(decay >= 0 && decay < 1) || every < 1 || topK < 1) {
      throw new SetupException(
          "--teacher-decay must lie in [0, 1), --teacher-every and --top-k must be at least 1");
    }
  }
}
