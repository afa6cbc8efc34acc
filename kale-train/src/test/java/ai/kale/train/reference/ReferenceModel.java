package ai.kale.train.reference;

import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.AdapterSource;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.Precision;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.SaveOptions;
import ai.kale.spi.tensor.SavedAdapter;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder in double precision. Beside the SPI it gives out exact logits, weights and gradients,
 * for tests of other engines.
 */
public final class ReferenceModel implements TensorModel {
  private final DecoderConfig config;
  private final Requests requests;
  private final Parameters parameters = new Parameters();
  private final List<String> baseNames;
  private final Linear base = Linear.of(parameters);
  private @Nullable Adapter adapter;
  private Optimizer optimizer;
  private boolean closed;

  private ReferenceModel(DecoderConfig config) {
    this.config = config;
    this.requests = new Requests(config);
    config.parameterShapes().forEach(parameters::add);
    this.baseNames = parameters.names();
    this.optimizer = new Optimizer(parameters, baseNames);
  }

  static ReferenceModel of(DecoderConfig config, Function<String, float[]> values) {
    ReferenceModel model = new ReferenceModel(config);
    model.baseNames.forEach(name -> model.parameters.set(name, values.apply(name)));
    return model;
  }

  /**
   * A model with the weights of another.
   *
   * @param other any engine's model without an adapter
   * @param config its configuration
   * @return a new model
   */
  public static ReferenceModel of(TensorModel other, DecoderConfig config) {
    return of(config, name -> other.parameter(name).values());
  }

  /**
   * A model with the weights and the adapter of another.
   *
   * @param other any engine's model with an adapter
   * @param config its configuration
   * @param spec what its adapter was made of
   * @return a new model
   */
  public static ReferenceModel of(TensorModel other, DecoderConfig config, LoraSpec spec) {
    ReferenceModel model = of(other, config);
    model.adapt(spec);
    model.parameterNames().forEach(name -> model.setParameter(other.parameter(name)));
    return model;
  }

  /** Freezes the weights and puts an adapter over them. */
  void adapt(AdapterSource source) {
    Adapter added =
        source instanceof SavedAdapter saved
            ? AdapterFiles.read(saved.folder(), parameters)
            : Adapter.create(parameters, (LoraSpec) source);
    adapter = added;
    optimizer = new Optimizer(parameters, added.names());
  }

  /**
   * Logits at every position.
   *
   * @param tokens one sequence
   * @param layer as in {@link RowSelection}
   * @return for each position one value for each token id
   */
  public double[][] logits(int[] tokens, int layer) {
    return split(logitRows(tokens, layer));
  }

  private Matrix logitRows(int[] tokens, int layer) {
    int[] positions = IntStream.range(0, tokens.length).toArray();
    RowSelection rows = new RowSelection(layer, new int[tokens.length], positions);
    TokenBatch batch = new TokenBatch(List.of(tokens));
    return Predictor.logits(decoder(false), new Tape(), batch, rows, requests.layer(rows));
  }

  /**
   * Log-probabilities at every position.
   *
   * @param tokens one sequence
   * @param layer as in {@link RowSelection}
   * @return for each position one value for each token id, in nats
   */
  public double[][] logProbabilities(int[] tokens, int layer) {
    return split(Normalizations.logSoftmax(new Tape(), logitRows(tokens, layer)));
  }

  private static double[][] split(Matrix rows) {
    return IntStream.range(0, rows.rows)
        .mapToObj(t -> Arrays.copyOfRange(rows.value, rows.at(t, 0), rows.at(t + 1, 0)))
        .toArray(double[][]::new);
  }

  /**
   * The stored gradient in full precision.
   *
   * @param name one of {@link #trainableParameterNames}
   * @return row-major; a copy
   */
  public double[] exactGradient(String name) {
    return trained(name).gradient.clone();
  }

  /**
   * The weights themselves, to be changed at will.
   *
   * @param name one of {@link #parameterNames}
   * @return row-major; not a copy
   */
  public double[] exactValues(String name) {
    return parameters.get(name).value;
  }

  private Decoder decoder(boolean training) {
    Adapter added = adapter;
    return new Decoder(config, parameters, added == null ? base : added.over(base, training));
  }

  private Predictor predictor() {
    return new Predictor(config, decoder(false), this::checkOpen);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public int vocabularySize() {
    return config.vocabularySize();
  }

  @Override
  public int layerCount() {
    return config.layers();
  }

  @Override
  public int maxPositions() {
    return config.maxPositions();
  }

  @Override
  public float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets) {
    return predictor().logProbabilities(batch, rows, targets);
  }

  @Override
  public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
    return predictor().topK(batch, rows, k, temperature);
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
    return predictor().generate(prompts, maxNewTokens, stopTokens);
  }

  @Override
  public Optional<TokenPredictor> base() {
    checkOpen();
    Decoder plain = new Decoder(config, parameters, base);
    return adapter == null
        ? Optional.empty()
        : Optional.of(new Predictor(config, plain, this::checkOpen));
  }

  @Override
  public StepLosses accumulate(TokenBatch batch, List<LossTerm> terms) {
    return run(batch, terms, true);
  }

  @Override
  public StepLosses evaluate(TokenBatch batch, List<LossTerm> terms) {
    return run(batch, terms, false);
  }

  private StepLosses run(TokenBatch batch, List<LossTerm> terms, boolean training) {
    checkOpen();
    requests.terms(batch, terms);
    Tape tape = new Tape();
    Decoder decoder = decoder(training);
    List<List<Matrix>> states = new ArrayList<>();
    for (int[] sequence : batch.sequences()) {
      states.add(decoder.states(tape, sequence, config.layers()));
    }
    double[] values = new double[terms.size()];
    Matrix total = new Matrix(1, 1);
    for (int i = 0; i < values.length; i++) {
      LossTerm term = terms.get(i);
      if (term.rows().count() > 0) {
        Matrix logits = decoder.logits(tape, picked(tape, states, term.rows()));
        Matrix loss = Losses.of(tape, logits, term.target());
        Matrix weighted = tape.scale(loss, term.weight() / term.divisor());
        values[i] = weighted.value[0];
        total = tape.add(total, weighted);
      }
    }
    if (training) {
      tape.backward(total);
    }
    return new StepLosses(values, batch.tokenCount());
  }

  private Matrix picked(Tape tape, List<List<Matrix>> states, RowSelection rows) {
    int layer = requests.layer(rows);
    List<Matrix> picked = new ArrayList<>();
    for (int i = 0; i < rows.count(); i++) {
      Matrix state = states.get(rows.sequences()[i]).get(layer);
      picked.add(tape.rows(state, new int[] {rows.positions()[i]}));
    }
    return tape.stack(picked);
  }

  @Override
  public double step(AdamW adamW) {
    checkOpen();
    return optimizer.step(adamW);
  }

  @Override
  public void zeroGradients() {
    checkOpen();
    parameters.zeroGradients();
  }

  @Override
  public List<String> parameterNames() {
    checkOpen();
    return parameters.names();
  }

  @Override
  public List<String> trainableParameterNames() {
    checkOpen();
    Adapter added = adapter;
    return added == null ? baseNames : added.names();
  }

  @Override
  public NamedTensor parameter(String name) {
    checkOpen();
    return new NamedTensor(name, parameters.shape(name), parameters.floats(name));
  }

  @Override
  public void setParameter(NamedTensor tensor) {
    checkOpen();
    long[] shape = parameters.shape(tensor.name());
    if (!Arrays.equals(shape, tensor.shape())) {
      throw new InvalidInputException(
          tensor.name()
              + " has shape "
              + Arrays.toString(shape)
              + ", not "
              + Arrays.toString(tensor.shape()));
    }
    parameters.set(tensor.name(), tensor.values());
  }

  @Override
  public NamedTensor gradient(String name) {
    checkOpen();
    float[] gradient = Parameters.floats(trained(name).gradient);
    return new NamedTensor(name, parameters.shape(name), gradient);
  }

  private Matrix trained(String name) {
    Matrix matrix = parameters.get(name);
    if (!trainableParameterNames().contains(name)) {
      throw new InvalidInputException(name + " is frozen and has no gradient");
    }
    return matrix;
  }

  @Override
  public void save(Path checkpoint, SaveOptions options) {
    checkOpen();
    Adapter added = adapter;
    Checkpoint.write(
        checkpoint,
        config,
        added == null ? parameters::floats : added::merged,
        options.precision().orElse(Precision.F32) == Precision.BF16
            ? TensorType.BF16
            : TensorType.F32,
        options.maxFileBytes());
  }

  @Override
  public void saveAdapter(Path folder, String baseModel) {
    checkOpen();
    Adapter added = adapter;
    if (added == null) {
      throw new UnsupportedCapabilityException(
          "the model was opened without an adapter; save its weights instead");
    }
    AdapterFiles.write(folder, parameters, added, baseModel);
  }

  @Override
  public void saveOptimizer(Path file) {
    checkOpen();
    Adapter added = adapter;
    optimizer.save(file, added == null ? new long[2] : added.dropoutState());
  }

  @Override
  public void loadOptimizer(Path file) {
    checkOpen();
    long[] dropout = optimizer.load(file);
    Adapter added = adapter;
    if (added != null) {
      added.setDropoutState(dropout);
    }
  }

  @Override
  public TensorModel copy() {
    checkOpen();
    Adapter added = adapter;
    return added == null ? of(this, config) : of(this, config, added.spec());
  }

  @Override
  public void close() {
    closed = true;
  }
}
