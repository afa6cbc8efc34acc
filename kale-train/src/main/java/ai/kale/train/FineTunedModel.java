package ai.kale.train;

import ai.kale.TunedModel;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.run.AtomicFiles;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.SaveOptions;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.data.EncodedExamples;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Json;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@link KaleTrainer} returns. Prompts given to {@link #answer} and {@link #score} are in the
 * model's own format, see {@link #format}; {@link #answerQuestions} lays them out itself.
 */
public final class FineTunedModel implements TunedModel {
  static final String PROVENANCE = "kale-provenance.json";

  /** The fact that names the base model. */
  static final String BASE_NAME = "base.name";

  private static final String WRITES_RATIONALES = "RATIONALE_THEN_ANSWER";

  private final TensorModel model;
  private final Tokenizer tokenizer;
  private final TokenizerFiles files;
  private final PromptFormat format;
  private final Provenance provenance;
  private final List<EncodedExamples.Skipped> skipped;
  private final LanguageModelAnswers answers;

  FineTunedModel(
      TensorModel model,
      Tokenizer tokenizer,
      TokenizerFiles files,
      PromptFormat format,
      int maxNewTokens,
      Provenance provenance,
      List<EncodedExamples.Skipped> skipped) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.files = files;
    this.format = format;
    this.provenance = provenance;
    this.skipped = List.copyOf(skipped);
    boolean writes = WRITES_RATIONALES.equals(provenance.facts().get("completion"));
    this.answers =
        new LanguageModelAnswers(
                model, tokenizer, maxNewTokens, writes ? format.answerMarker() : "")
            .withFormat(format);
  }

  /**
   * Opens what {@link #save} wrote.
   *
   * @param folder a saved model
   * @param engine what runs it
   * @param options where to run it
   * @param maxNewTokens longest answer, in tokens
   * @return the model; close it
   * @throws ai.kale.error.SetupException if a file is missing
   * @throws ai.kale.error.CorruptFileException if a file is damaged
   */
  public static FineTunedModel open(
      Path folder, TensorEngine engine, EngineOptions options, int maxNewTokens) {
    return open(folder, folder, engine, options, maxNewTokens);
  }

  /**
   * Opens what {@link #saveAdapter} wrote, over its base model.
   *
   * @param base checkpoint of the base model
   * @param adapter a saved adapter
   * @param engine what runs it
   * @param options where to run it; an adapter in them is replaced
   * @param maxNewTokens longest answer, in tokens
   * @return the model; close it
   * @throws ai.kale.error.SetupException if a file is missing
   * @throws ai.kale.error.CorruptFileException if a file is damaged, or the adapter does not fit
   *     the base
   */
  public static FineTunedModel openAdapter(
      Path base, Path adapter, TensorEngine engine, EngineOptions options, int maxNewTokens) {
    EngineOptions adapted = options.withAdapter(new SavedAdapter(adapter));
    return open(adapter, base, engine, adapted, maxNewTokens);
  }

  private static FineTunedModel open(
      Path folder, Path weights, TensorEngine engine, EngineOptions options, int maxNewTokens) {
    JsonNode root = Json.read(folder.resolve(PROVENANCE));
    Map<String, String> facts = new TreeMap<>();
    root.path("facts").properties().forEach(e -> facts.put(e.getKey(), e.getValue().asText()));
    PromptFormat standard = PromptFormat.standard();
    PromptFormat format =
        new PromptFormat(
            facts.getOrDefault("format.question", standard.question()),
            facts.getOrDefault("format.reading", standard.reading()),
            facts.getOrDefault("format.answer", standard.answer()),
            facts.getOrDefault("format.rationaleThenAnswer", standard.rationaleThenAnswer()),
            Optional.ofNullable(facts.get("format.end")));
    Provenance provenance = Provenance.of(root.path("stage").asText(), facts);
    TokenizerFiles files = TokenizerFiles.read(folder);
    TensorModel model = engine.open(weights, options);
    boolean opened = false;
    try {
      Tokenizer tokenizer = HuggingFaceTokenizer.load(folder);
      opened = true;
      return new FineTunedModel(
          model, tokenizer, files, format, maxNewTokens, provenance, List.of());
    } finally {
      if (!opened) {
        model.close();
      }
    }
  }

  @Override
  public List<String> answer(List<String> prompts) {
    return answers.answer(prompts);
  }

  @Override
  public List<Score> score(List<String> prompts, List<String> continuations) {
    return answers.score(prompts, continuations);
  }

  /**
   * Greedy answers to questions as asked, without a rationale.
   *
   * @param questions the questions; their own answers are not read
   * @return one answer for each
   */
  public List<String> answerQuestions(List<Question> questions) {
    return answer(questions.stream().map(q -> format.prompt(q.prompt())).toList());
  }

  /** How prompts are laid out. */
  public PromptFormat format() {
    return format;
  }

  /** The underlying model; closed with this. */
  public TensorModel tensorModel() {
    return model;
  }

  /** The tokenizer; closed with this. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Training questions that were left out, with reasons; empty for an opened model. */
  public List<EncodedExamples.Skipped> skipped() {
    return skipped;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  /**
   * Writes the model, its tokenizer, a model card ({@code README.md}) and its provenance. An
   * adapter is merged into the weights. Until all is written the folder is as it was; a crash while
   * the files are then renamed leaves it without provenance, and {@link #open} refuses it. Weights
   * of an earlier save are removed; other files in it are left alone.
   */
  @Override
  public void save(Path folder) {
    save(folder, SaveOptions.asKept());
  }

  /**
   * {@link #save(Path)} with the number format and the size of the weights' files chosen, such as
   * {@link ai.kale.spi.tensor.Precision#F32} for an adapter that was trained over weights in
   * bfloat16: no update is lost to rounding then.
   *
   * @param folder created if missing
   * @param options number format and file size
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  public void save(Path folder, SaveOptions options) {
    Folders.replace(
        folder,
        PROVENANCE,
        Checkpoint::isWeightsFile,
        target -> {
          model.save(target, options);
          finish(target, ModelCard.ofWeights(baseName(), provenance));
        });
  }

  /**
   * Writes the adapter alone in PEFT's layout, with the name of the checkpoint's folder as that of
   * the base model; see {@link #saveAdapter(Path, String)}.
   *
   * @param folder created if missing
   */
  public void saveAdapter(Path folder) {
    saveAdapter(folder, baseName());
  }

  /**
   * Writes the adapter alone in PEFT's layout, with the tokenizer, a model card ({@code README.md})
   * and the provenance, whole or not at all as {@link #save} does. {@link #openAdapter} reads it
   * back, and so does PEFT.
   *
   * @param folder created if missing
   * @param baseModel what Python users load the base model by, such as {@code
   *     "meta-llama/Llama-3.1-8B"}
   * @throws ai.kale.error.UnsupportedCapabilityException if the model was trained without an
   *     adapter
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  public void saveAdapter(Path folder, String baseModel) {
    Folders.replace(
        folder,
        PROVENANCE,
        target -> {
          model.saveAdapter(target, baseModel);
          finish(target, ModelCard.ofAdapter(baseModel, provenance));
        });
  }

  private String baseName() {
    return provenance.facts().getOrDefault(BASE_NAME, "");
  }

  private void finish(Path folder, String card) {
    files.write(folder);
    AtomicFiles.writeString(folder.resolve(ModelCard.FILE_NAME), card);
    ObjectNode root = Json.object().put("stage", provenance.stage());
    ObjectNode facts = root.putObject("facts");
    provenance.facts().forEach(facts::put);
    AtomicFiles.writeString(folder.resolve(PROVENANCE), Json.pretty(root));
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
