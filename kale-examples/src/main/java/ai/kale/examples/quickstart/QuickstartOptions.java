package ai.kale.examples.quickstart;

import ai.kale.error.SetupException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says. */
final class QuickstartOptions {
  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description =
          "Knowledge graph: .nt, .tsv or .txt (head, relation, tail), plain or gzip. Default: the shipped world graph.")
  @Nullable Path graph;

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description =
          "Questions: JSONL, MetaQA or PathQuestion. Default: made from the graph's relation paths.")
  @Nullable Path questions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "kale-out/quickstart",
      description =
          "Where everything is written; a second run with the same options resumes there. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("kale-out/quickstart");

  @Option(
      names = "--seeds",
      defaultValue = "3",
      description = "Runs of each method. Default: ${DEFAULT-VALUE}.")
  int seeds = 3;

  @Option(
      names = "--steps",
      defaultValue = "200",
      description = "Fine-tuning steps. Default: ${DEFAULT-VALUE}.")
  int steps = 200;

  @Option(
      names = "--train",
      defaultValue = "1500",
      description = "Most question groups to train on. Default: ${DEFAULT-VALUE}.")
  int train = 1500;

  @Option(
      names = "--test",
      defaultValue = "600",
      description = "Most questions to test on. Default: ${DEFAULT-VALUE}.")
  int test = 600;

  @Option(
      names = "--noise",
      defaultValue = "0.3",
      description = "Share of wrong answers in the noisy condition. Default: ${DEFAULT-VALUE}.")
  double noise = 0.3;

  @Option(
      names = "--max-facts",
      defaultValue = "4000",
      description =
          "Most facts of a given graph to teach the small model. Default: ${DEFAULT-VALUE}.")
  int maxFacts = 4000;

  @Option(
      names = "--pretrain-steps",
      defaultValue = "0",
      description = "Pretraining steps; 0 for 1.3 a fact, 1500 to 5000. Default: ${DEFAULT-VALUE}.")
  int pretrainSteps;

  @Option(
      names = "--pretrain",
      description = "Pretrain anew although a checkpoint for the shipped graph is there.")
  boolean pretrain;

  @Option(names = "--only-base", description = "Stop when the base model is made.")
  boolean onlyBase;

  @Option(
      names = "--parallel",
      defaultValue = "0",
      description = "Models trained at once; 0 for one a core. Default: ${DEFAULT-VALUE}.")
  int parallel;

  @Option(
      names = "--on-validation",
      description = "Evaluate on the validation questions instead of the test questions.")
  boolean onValidation;

  /** The given graph, where there is one. */
  Optional<Path> graphFile() {
    return Optional.ofNullable(graph);
  }

  /** The given questions, where there are any. */
  Optional<Path> questionFile() {
    return Optional.ofNullable(questions);
  }

  /** Steps to pretrain for, chosen or by the number of facts. */
  int pretrainSteps(int facts) {
    return pretrainSteps > 0
        ? pretrainSteps
        : (int) Math.min(5000, Math.max(1500, Math.round(1.3 * facts)));
  }

  /** Cells to run at once. */
  int threads() {
    return parallel > 0 ? parallel : Runtime.getRuntime().availableProcessors();
  }

  /** Refuses what cannot work, before anything is done. */
  void check() {
    require(questions == null || graph != null, "--questions needs --graph");
    require(seeds >= 1, "--seeds must be at least 1");
    require(steps >= 1, "--steps must be at least 1");
    require(pretrainSteps >= 0, "--pretrain-steps must not be negative");
    require(train >= 1 && test >= 1, "--train and --test must be at least 1");
    require(noise >= 0.01 && noise <= 0.99, "--noise must lie between 0.01 and 0.99");
    require(parallel >= 0, "--parallel must not be negative");
    require(maxFacts >= 1, "--max-facts must be at least 1");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new SetupException(message);
    }
  }
}
