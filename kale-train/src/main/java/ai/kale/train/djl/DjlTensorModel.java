package ai.kale.train.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
import ai.kale.train.checkpoint.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A decoder whose weights, adapter, gradients and optimizer state are libtorch tensors. */
final class DjlTensorModel implements TensorModel {
  private final Engine engine;
  private final Device device;
  private final ComputePlan plan;
  private final PassLimits limits;
  private final NDManager manager;
  private final Lifetime life = new Lifetime();
  private final ScriptModule script;
  private final NativeParameters base;
  private final Optional<NativeAdapter> adapter;

  /** What stands for an adapter where none is used; no list may be empty. */
  private final NDList noAdapter;

  /** What a step changes: the adapter's tensors, or all. */
  private final NativeParameters trained;

  private final DecoderReader reader;
  private @Nullable NDList gradients;
  private @Nullable OptimizerState optimizer;

  private DjlTensorModel(
      Engine engine,
      Device device,
      ComputePlan plan,
      PassLimits limits,
      NDManager manager,
      long adapterSeed) {
    this.engine = engine;
    this.limits = limits;
    this.device = device;
    this.plan = plan;
    this.manager = manager;
    this.script =
        ScriptModule.load(manager, TorchScriptArchive.bytes(ModelScript.source(plan, device)));
    this.base =
        new NativeParameters(
            manager, script, plan.config().parameterShapes(), plan.keepsHalfWeights());
    this.adapter =
        plan.adapter().map(some -> new NativeAdapter(manager, script, some, adapterSeed));
    this.noAdapter = NativeTensors.zeros(manager, List.of(new long[] {1}));
    this.trained = adapter.map(NativeAdapter::parameters).orElse(base);
    this.reader = reader(adapterList());
  }

  /** Makes a model, fills its weights from a checkpoint and its adapter as asked. */
  static DjlTensorModel load(
      Engine engine,
      Device device,
      ComputePlan plan,
      PassLimits limits,
      Checkpoint checkpoint,
      Optional<AdapterSource> source) {
    long seed = source.orElse(null) instanceof LoraSpec spec ? spec.seed() : 0;
    return make(
        engine,
        device,
        plan,
        limits,
        seed,
        model -> {
          model.base.load(checkpoint);
          if (source.orElse(null) instanceof SavedAdapter saved) {
            model.adapter.ifPresent(some -> some.load(saved.folder()));
          } else {
            model.adapter.ifPresent(NativeAdapter::initialize);
          }
        });
  }

  private static DjlTensorModel make(
      Engine engine,
      Device device,
      ComputePlan plan,
      PassLimits limits,
      long seed,
      Consumer<DjlTensorModel> filler) {
    NDManager manager = engine.newBaseManager(device);
    boolean made = false;
    try {
      DjlTensorModel model = new DjlTensorModel(engine, device, plan, limits, manager, seed);
      filler.accept(model);
      model.trained.requireGradients();
      made = true;
      return model;
    } finally {
      if (!made) {
        manager.close();
      }
    }
  }

  private DecoderReader reader(NDList adapterTensors) {
    return new DecoderReader(plan, limits, manager, script, base.tensors(), adapterTensors, life);
  }

  private NDList adapterList() {
    return adapter.map(NativeAdapter::tensors).orElse(noAdapter);
  }

  private NDList trainingAdapter(NDManager call) {
    return adapter.map(some -> some.nextPass(call)).orElse(noAdapter);
  }

  @Override
  public int vocabularySize() {
    return plan.config().vocabularySize();
  }

  @Override
  public int layerCount() {
    return plan.config().layers();
  }

  @Override
  public int maxPositions() {
    return plan.config().maxPositions();
  }

  @Override
  public StepLosses accumulate(TokenBatch batch, List<LossTerm> terms) {
    return life.call(() -> run(batch, terms, true));
  }

  @Override
  public StepLosses evaluate(TokenBatch batch, List<LossTerm> terms) {
    return life.call(() -> run(batch, terms, false));
  }

  private StepLosses run(TokenBatch batch, List<LossTerm> terms, boolean gradient) {
    BatchPlan padded = new BatchPlan(plan.config(), batch);
    TermPlan layout = new TermPlan(plan.config(), padded, terms);
    if (layout.isEmpty()) {
      return new StepLosses(new double[terms.size()], batch.tokenCount());
    }
    Supplier<StepLosses> pass =
        () ->
            new StepLosses(layout.spread(terms, run(padded, layout, gradient)), batch.tokenCount());
    return gradient ? life.call(pass, this::zeroGradients) : pass.get();
  }

  private float[] run(BatchPlan padded, TermPlan layout, boolean gradient) {
    try (NDManager call = manager.newSubManager()) {
      NDArray ids = NativeTensors.longs(call, padded.ids(), padded.size(), padded.time());
      NDArray rows = NativeTensors.longs(call, layout.rows);
      NDArray groups = NativeTensors.longs(call, layout.groupFields);
      NDArray fields = NativeTensors.longs(call, layout.terms);
      NDArray scale = call.create(layout.scale);
      NDArray tokens = NativeTensors.longs(call, layout.tokens);
      NDArray top = NativeTensors.ints(call, layout.top);
      NDArray topLog = NativeTensors.floats(call, layout.topLog);
      NDArray values =
          gradient
              ? script.call(
                  call,
                  "accumulate",
                  base.tensors(),
                  trainingAdapter(call),
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
                  base.tensors(),
                  adapterList(),
                  ids,
                  rows,
                  groups,
                  fields,
                  scale,
                  tokens,
                  top,
                  topLog,
                  limits.argument(call));
      return values.toFloatArray();
    }
  }

  @Override
  public double step(AdamW adamW) {
    return life.call(() -> optimizer().step(script, trained.tensors(), gradients(), adamW));
  }

  @Override
  public void zeroGradients() {
    NDList list = gradients;
    life.run(
        () -> {
          if (list != null) {
            try (NDManager call = manager.newSubManager()) {
              script.call(call, "zero", list);
            }
          }
        });
  }

  @Override
  public float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets) {
    return reader.logProbabilities(batch, rows, targets);
  }

  @Override
  public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
    return reader.topK(batch, rows, k, temperature);
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
    return reader.generate(prompts, maxNewTokens, stopTokens);
  }

  @Override
  public Optional<TokenPredictor> base() {
    life.checkOpen();
    return adapter.map(some -> reader(noAdapter));
  }

  @Override
  public List<String> parameterNames() {
    life.checkOpen();
    return Stream.concat(
            base.names().stream(),
            adapter.stream().flatMap(some -> some.parameters().names().stream()))
        .toList();
  }

  @Override
  public List<String> trainableParameterNames() {
    life.checkOpen();
    return trained.names();
  }

  @Override
  public NamedTensor parameter(String name) {
    return life.call(() -> holder(name).read(name));
  }

  @Override
  public void setParameter(NamedTensor tensor) {
    life.run(() -> holder(tensor.name()).write(tensor));
  }

  @Override
  public NamedTensor gradient(String name) {
    life.checkOpen();
    if (!trained.has(name) && base.has(name)) {
      throw new InvalidInputException(
          "the parameter "
              + name
              + " is frozen under the adapter and has no gradient; trainableParameterNames()"
              + " lists those that have");
    }
    return life.call(() -> trained.read(name, gradients()));
  }

  /** The tensors that a name belongs to; the base's where it is unknown, which then says so. */
  private NativeParameters holder(String name) {
    return trained.has(name) ? trained : base;
  }

  @Override
  public void save(Path checkpoint, SaveOptions options) {
    Precision kept = plan.keepsHalfWeights() ? Precision.BF16 : Precision.F32;
    TensorType type =
        options.precision().orElse(kept) == Precision.BF16 ? TensorType.BF16 : TensorType.F32;
    life.run(
        () ->
            Checkpoint.write(
                checkpoint, plan.config(), this::merged, type, options.maxFileBytes()));
  }

  private float[] merged(String name) {
    return adapter
        .flatMap(some -> some.merged(name, base.tensor(name)))
        .orElseGet(() -> base.read(name).values());
  }

  @Override
  public void saveAdapter(Path folder, String baseModel) {
    life.checkOpen();
    NativeAdapter some =
        adapter.orElseThrow(
            () ->
                new UnsupportedCapabilityException(
                    "the model was opened without an adapter; save its weights instead"));
    life.run(() -> some.save(folder, baseModel));
  }

  @Override
  public void saveOptimizer(Path file) {
    life.run(
        () -> optimizer().save(file, script, adapter.map(NativeAdapter::state).orElse(Map.of())));
  }

  @Override
  public void loadOptimizer(Path file) {
    Map<String, String> metadata = life.call(() -> optimizer().load(file, script));
    adapter.ifPresent(some -> some.restore(file, metadata));
  }

  @Override
  public TensorModel copy() {
    return life.call(this::independent);
  }

  private TensorModel independent() {
    return make(
        engine,
        device,
        plan,
        limits,
        adapter.map(NativeAdapter::seed).orElse(0L),
        model -> {
          model.base.copyFrom(base);
          model.adapter.ifPresent(
              some -> adapter.ifPresent(mine -> some.parameters().copyFrom(mine.parameters())));
        });
  }

  @Override
  public void close() {
    if (life.end()) {
      script.close();
      manager.close();
    }
  }

  private NDList gradients() {
    NDList list = gradients;
    if (list == null) {
      list = NativeTensors.zeros(manager, trained.shapes().values());
      gradients = list;
    }
    return list;
  }

  private OptimizerState optimizer() {
    OptimizerState state = optimizer;
    if (state == null) {
      state = new OptimizerState(manager, trained.shapes());
      optimizer = state;
    }
    return state;
  }
}
