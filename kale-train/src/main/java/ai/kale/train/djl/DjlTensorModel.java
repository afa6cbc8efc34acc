package ai.kale.train.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.kale.error.InvalidInputException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.checkpoint.Checkpoint;
import ai.kale.train.checkpoint.DecoderConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Llama decoder whose weights, gradients and optimizer state are libtorch tensors. */
final class DjlTensorModel implements TensorModel {
  private final Engine engine;
  private final DecoderConfig config;
  private final Map<String, long[]> shapes;
  private final List<String> names;
  private final NDManager manager;
  private final ScriptModule script;
  private final EngineOptions options;
  private final PassLimits limits;
  private final NDList weights;

  /** The adapter's tensors; one unused zero without an adapter, as no list may be empty. */
  private final NDList adapter;

  private @Nullable NDList gradients;
  private @Nullable OptimizerState optimizer;
  private boolean closed;

  private DjlTensorModel(
      Engine engine,
      DecoderConfig config,
      EngineOptions options,
      NDManager manager,
      ScriptModule script) {
    this.engine = engine;
    this.options = options;
    this.limits = PassLimits.of(config, options);
    this.config = config;
    this.shapes = config.parameterShapes();
    this.names = List.copyOf(shapes.keySet());
    this.manager = manager;
    this.script = script;
    this.weights = NativeTensors.zeros(manager, shapes.values());
    this.adapter = NativeTensors.zeros(manager, List.of(new long[] {1}));
  }

  private static String source(DecoderConfig config) {
    return DecoderScript.source(config)
        + TermScript.source(config)
        + LossScript.source(config, TrainedParameters.all(config))
        + ReadingScript.source(config)
        + OptimizerScript.source()
        + GenerationScript.source(config);
  }

  /** Makes a model and fills its weights. */
  static DjlTensorModel load(
      Engine engine,
      DecoderConfig config,
      EngineOptions options,
      Function<String, float[]> values) {
    NDManager manager = engine.newBaseManager(Device.cpu());
    boolean loaded = false;
    try {
      ScriptModule script = ScriptModule.load(manager, TorchScriptArchive.bytes(source(config)));
      DjlTensorModel model = new DjlTensorModel(engine, config, options, manager, script);
      for (int i = 0; i < model.names.size(); i++) {
        model.assign(model.weights.get(i), values.apply(model.names.get(i)), i);
      }
      for (NDArray weight : model.weights) {
        weight.setRequiresGradient(true);
      }
      loaded = true;
      return model;
    } finally {
      if (!loaded) {
        manager.close();
      }
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
  public StepLosses accumulate(TokenBatch batch, List<LossTerm> terms) {
    return run(batch, terms, true);
  }

  @Override
  public StepLosses evaluate(TokenBatch batch, List<LossTerm> terms) {
    return run(batch, terms, false);
  }

  private StepLosses run(TokenBatch batch, List<LossTerm> terms, boolean gradient) {
    checkOpen();
    BatchPlan plan = new BatchPlan(config, batch);
    TermPlan layout = new TermPlan(config, plan, terms);
    if (layout.isEmpty()) {
      return new StepLosses(new double[terms.size()], batch.tokenCount());
    }
    try (NDManager call = manager.newSubManager()) {
      NDArray ids = NativeTensors.longs(call, plan.ids(), plan.size(), plan.time());
      NDArray rows = NativeTensors.longs(call, layout.rows);
      NDArray groups = NativeTensors.longs(call, layout.groupFields);
      NDArray fields = NativeTensors.longs(call, layout.terms);
      NDArray scale = call.create(layout.scale);
      NDArray tokens = NativeTensors.longs(call, layout.tokens);
      NDArray top = NativeTensors.longs(call, layout.top);
      NDArray topLog = NativeTensors.floats(call, layout.topLog);
      NDArray values =
          gradient
              ? script.call(
                  call,
                  "accumulate",
                  weights,
                  adapter,
                  gradients(),
                  ids,
                  rows,
                  groups,
                  fields,
                  scale,
                  tokens,
                  top,
                  topLog,
                  limits.argument(call))
              : script.call(
                  call,
                  "losses",
                  weights,
                  adapter,
                  ids,
                  rows,
                  groups,
                  fields,
                  scale,
                  tokens,
                  top,
                  topLog,
                  limits.argument(call));
      return new StepLosses(layout.spread(terms, values.toFloatArray()), batch.tokenCount());
    }
  }

  @Override
  public double step(AdamW adamW) {
    checkOpen();
    return optimizer().step(script, weights, gradients(), adamW);
  }

  @Override
  public void zeroGradients() {
    checkOpen();
    if (gradients != null) {
      try (NDManager call = manager.newSubManager()) {
        script.call(call, "zero", gradients);
      }
    }
  }

  @Override
  public float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets) {
    checkOpen();
    BatchPlan plan = new BatchPlan(config, batch);
    if (targets.length != rows.count()) {
      throw new InvalidInputException(
          rows.count() + " rows need as many targets; got " + targets.length);
    }
    long[] tokens = new long[targets.length];
    for (int i = 0; i < tokens.length; i++) {
      plan.checkToken(targets[i], "target", i, -1);
      tokens[i] = targets[i];
    }
    int layer = plan.layer(rows);
    if (tokens.length == 0) {
      return new float[0];
    }
    try (NDManager call = manager.newSubManager()) {
      return script
          .call(
              call,
              "log_probabilities",
              weights,
              adapter,
              NativeTensors.longs(call, plan.ids(), plan.size(), plan.time()),
              NativeTensors.longs(call, flatRows(plan, rows)),
              NativeTensors.longs(call, new long[] {layer, rows.count()}),
              NativeTensors.longs(call, tokens),
              limits.argument(call))
          .toFloatArray();
    }
  }

  @Override
  public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
    checkOpen();
    if (k < 1 || k > vocabularySize()) {
      throw new InvalidInputException(
          "k = " + k + " is outside 1 to the vocabulary size, " + vocabularySize());
    }
    if (!(temperature > 0) || !Double.isFinite(temperature)) {
      throw new InvalidInputException("temperature must be positive; got " + temperature);
    }
    BatchPlan plan = new BatchPlan(config, batch);
    int layer = plan.layer(rows);
    long[] flat = flatRows(plan, rows);
    if (flat.length == 0) {
      return new Distributions(0, k, new int[0], new float[0], new float[0]);
    }
    try (NDManager call = manager.newSubManager()) {
      NDList found =
          script.callList(
              call,
              "top_k",
              weights,
              adapter,
              NativeTensors.longs(call, plan.ids(), plan.size(), plan.time()),
              NativeTensors.longs(call, flat),
              NativeTensors.longs(call, new long[] {layer, rows.count()}),
              call.create((long) k),
              call.create(temperature),
              limits.argument(call));
      float[] values = found.get(0).toFloatArray();
      int[] ids = Arrays.stream(found.get(1).toLongArray()).mapToInt(Math::toIntExact).toArray();
      TiedTokens.sortRuns(ids, values, k);
      return new Distributions(rows.count(), k, ids, values, found.get(2).toFloatArray());
    }
  }

  private static long[] flatRows(BatchPlan plan, RowSelection rows) {
    long[] flat = new long[rows.count()];
    plan.flatten(rows, flat, 0);
    return flat;
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int stopToken) {
    checkOpen();
    return new GreedyGeneration(config, manager, script, weights, adapter)
        .run(prompts, maxNewTokens, stopToken);
  }

  @Override
  public Optional<TokenPredictor> base() {
    return Optional.empty();
  }

  @Override
  public List<String> parameterNames() {
    return names;
  }

  @Override
  public List<String> trainableParameterNames() {
    return names;
  }

  @Override
  public NamedTensor parameter(String name) {
    checkOpen();
    int index = index(name);
    return new NamedTensor(name, shape(index), weights.get(index).toFloatArray());
  }

  @Override
  public void setParameter(NamedTensor tensor) {
    checkOpen();
    int index = index(tensor.name());
    if (!Arrays.equals(tensor.shape(), shape(index))) {
      throw new InvalidInputException(
          "parameter "
              + tensor.name()
              + " has shape "
              + Arrays.toString(shape(index))
              + "; got "
              + Arrays.toString(tensor.shape()));
    }
    assign(weights.get(index), tensor.values(), index);
  }

  @Override
  public NamedTensor gradient(String name) {
    checkOpen();
    int index = index(name);
    long[] shape = shape(index);
    if (gradients == null) {
      long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      return new NamedTensor(name, shape, new float[Math.toIntExact(count)]);
    }
    return new NamedTensor(name, shape, gradients.get(index).toFloatArray());
  }

  @Override
  public void save(Path checkpoint) {
    checkOpen();
    Checkpoint.write(checkpoint, config, name -> weights.get(index(name)).toFloatArray());
  }

  @Override
  public void saveAdapter(Path folder, String baseModel) {
    throw new UnsupportedCapabilityException(
        "the model was opened without an adapter; save its weights instead");
  }

  @Override
  public void saveOptimizer(Path file) {
    checkOpen();
    optimizer().save(file);
  }

  @Override
  public void loadOptimizer(Path file) {
    checkOpen();
    optimizer().load(file, script);
  }

  @Override
  public TensorModel copy() {
    checkOpen();
    return load(engine, config, options, name -> weights.get(index(name)).toFloatArray());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      script.close();
      manager.close();
    }
  }

  private NDList gradients() {
    NDList list = gradients;
    if (list == null) {
      list = NativeTensors.zeros(manager, shapes.values());
      gradients = list;
    }
    return list;
  }

  private OptimizerState optimizer() {
    OptimizerState state = optimizer;
    if (state == null) {
      state = new OptimizerState(manager, shapes);
      optimizer = state;
    }
    return state;
  }

  private void assign(NDArray target, float[] values, int index) {
    try (NDManager call = manager.newSubManager()) {
      script.call(call, "assign", target, NativeTensors.floats(call, values, shape(index)));
    }
  }

  private long[] shape(int index) {
    long[] shape = shapes.get(names.get(index));
    if (shape == null) {
      throw new IllegalStateException("no shape for " + names.get(index));
    }
    return shape.clone();
  }

  private int index(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new InvalidInputException(
          "the model has no parameter " + name + "; parameterNames() lists them");
    }
    return index;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }
}
