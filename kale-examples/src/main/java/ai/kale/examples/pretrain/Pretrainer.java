package ai.kale.examples.pretrain;

import ai.kale.run.RunContext;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.BatchSource;
import ai.kale.train.Schedule;
import ai.kale.train.TrainingCheckpoint;
import ai.kale.train.TrainingLoop;
import ai.kale.train.TrainingLoopBuilder;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.data.BridgeMask;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objectives;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import ai.kale.train.text.WordLevelTokenizerFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a small decoder that knows the facts of a graph and can read: one part statements of facts,
 * one part one-hop questions, three parts {@link ReadingDocuments}.
 */
public final class Pretrainer {
  private static final int LAYERS = 4;
  private static final int HEADS = 4;
  private static final int MAX_TOKENS = 256;
  private static final int WARMUP = 100;
  private static final int CHECKPOINT_STEPS = 250;
  private static final double FINAL_FRACTION = 0.05;

  private final PretrainingTexts texts;
  private final Size size;

  /**
   * How large and how long.
   *
   * @param hidden width of the model
   * @param feedForward width of the feed-forward part
   * @param steps optimizer steps
   * @param learningRate peak
   * @param batch examples of a step (twice as many of the short ones)
   * @param seed of weights, documents and order
   */
  public record Size(
      int hidden, int feedForward, int steps, double learningRate, int batch, long seed) {}

  /**
   * Prepares pretraining.
   *
   * @param texts what to teach
   * @param size how large and how long
   */
  public Pretrainer(PretrainingTexts texts, Size size) {
    this.texts = texts;
    this.size = size;
  }

  /**
   * Writes tokenizer, configuration and random weights.
   *
   * @param folder where to; created if missing
   * @param format how questions are laid out; its words join the vocabulary
   */
  public void create(Path folder, PromptFormat format) {
    List<String> all = new ArrayList<>(texts.vocabularyTexts());
    all.add(format.prompt(" "));
    WordLevelTokenizerFile vocabulary = WordLevelTokenizerFile.of(all, texts.labels());
    vocabulary.write(folder);
    List<String> tokens = vocabulary.tokens();
    DecoderConfig config =
        DecoderConfig.small(
                tokens.size(), size.hidden(), size.feedForward(), LAYERS, HEADS, MAX_TOKENS)
            .withSpecialTokens(
                null,
                tokens.indexOf(WordLevelTokenizerFile.EOS),
                tokens.indexOf(WordLevelTokenizerFile.PAD));
    DecoderInitializer.create(folder, config, size.seed());
  }

  /**
   * Pretrains.
   *
   * @param model with fresh weights, or those of the checkpoint; trained in place
   * @param tokenizer the one {@link #create} wrote
   * @param format how questions are laid out
   * @param context progress and cancellation
   * @param checkpoints where checkpoints are written
   * @param resume where to go on, where the model comes from a checkpoint
   */
  public void run(
      TensorModel model,
      Tokenizer tokenizer,
      PromptFormat format,
      RunContext context,
      Path checkpoints,
      Optional<TrainingCheckpoint> resume) {
    ExampleEncoder encoder = new ExampleEncoder(tokenizer, format, MAX_TOKENS, BridgeMask.none());
    List<TrainingExample> facts = new ArrayList<>();
    List<String> statements = texts.statements();
    for (int i = 0; i < statements.size(); i++) {
      facts.add(encoder.encodeText("statement-" + i, statements.get(i)));
    }
    List<TrainingExample> oneHop =
        texts.oneHopExamples().stream().map(encoder::encodeFact).toList();
    List<TrainingExample> reading =
        texts.readings(size.steps() * size.batch() / 2, size.seed()).stream()
            .map(document -> encoder.encodeReading(document.question(), document.reading()))
            .toList();
    Schedule schedule =
        new Schedule(
            size.steps(),
            size.learningRate(),
            WARMUP,
            Schedule.Shape.COSINE,
            FINAL_FRACTION,
            AdamW.withLearningRate(size.learningRate()),
            size.seed());
    TrainingLoopBuilder loop =
        TrainingLoop.builder(model)
            .source(BatchSource.of("facts", 1, facts, Objectives.pretraining(), 2 * size.batch()))
            .source(BatchSource.of("one-hop", 2, oneHop, Objectives.sft(), 2 * size.batch()))
            .source(BatchSource.of("reading", 3, reading, Objectives.sft(), size.batch()))
            .schedule(schedule)
            .microBatch(2 * size.batch())
            .context(context)
            .checkpoints(checkpoints, CHECKPOINT_STEPS);
    resume.ifPresent(loop::resumeAt);
    loop.build().run();
  }
}
