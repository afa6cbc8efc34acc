package ai.kale.train.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import java.util.List;

/** The predictions of a model, or of its base: the same weights with the adapter off. */
final class DecoderReader implements TokenPredictor {
  private final ComputePlan plan;
  private final PassLimits limits;
  private final NDManager manager;
  private final ScriptModule script;
  private final NDList weights;
  private final NDList adapter;
  private final Lifetime life;

  /**
   * A reader.
   *
   * @param adapter the adapter's tensors, or one unused tensor
   * @param life that of the model
   */
  DecoderReader(
      ComputePlan plan,
      PassLimits limits,
      NDManager manager,
      ScriptModule script,
      NDList weights,
      NDList adapter,
      Lifetime life) {
    this.plan = plan;
    this.limits = limits;
    this.manager = manager;
    this.script = script;
    this.weights = weights;
    this.adapter = adapter;
    this.life = life;
  }

  @Override
  public int vocabularySize() {
    return plan.config().vocabularySize();
  }

  @Override
  public int maxPositions() {
    return plan.config().maxPositions();
  }

  @Override
  public float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets) {
    return life.call(() -> readTargets(batch, rows, targets));
  }

  private float[] readTargets(TokenBatch batch, RowSelection rows, int[] targets) {
    BatchPlan layout = new BatchPlan(plan.config(), batch);
    if (targets.length != rows.count()) {
      throw new InvalidInputException(
          rows.count() + " rows need as many targets; got " + targets.length);
    }
    long[] tokens = new long[targets.length];
    for (int i = 0; i < tokens.length; i++) {
      layout.checkToken(targets[i], "target", i, -1);
      tokens[i] = targets[i];
    }
    int layer = layout.layer(rows);
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
              NativeTensors.longs(call, layout.ids(), layout.size(), layout.time()),
              NativeTensors.longs(call, flatRows(layout, rows)),
              NativeTensors.longs(call, new long[] {layer, rows.count()}),
              NativeTensors.longs(call, tokens),
              limits.argument(call))
          .toFloatArray();
    }
  }

  @Override
  public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
    return life.call(() -> readTop(batch, rows, k, temperature));
  }

  private Distributions readTop(TokenBatch batch, RowSelection rows, int k, double temperature) {
    if (k < 1 || k > vocabularySize()) {
      throw new InvalidInputException(
          "k = " + k + " is outside 1 to the vocabulary size, " + vocabularySize());
    }
    RowTarget.checkTemperature(temperature);
    int entries = PassEntries.check((long) rows.count() * k);
    BatchPlan layout = new BatchPlan(plan.config(), batch);
    int layer = layout.layer(rows);
    long[] flat = flatRows(layout, rows);
    if (entries == 0) {
      return new Distributions(0, k, new int[0], new float[0], new float[0]);
    }
    try (NDManager call = manager.newSubManager()) {
      NDList found =
          script.callList(
              call,
              "top_k",
              weights,
              adapter,
              NativeTensors.longs(call, layout.ids(), layout.size(), layout.time()),
              NativeTensors.longs(call, flat),
              NativeTensors.longs(call, new long[] {layer, rows.count()}),
              call.create((long) k),
              call.create(temperature),
              limits.argument(call));
      float[] values = found.get(0).toFloatArray();
      int[] ids = found.get(1).toIntArray();
      TiedTokens.sortRuns(ids, values, k);
      return new Distributions(rows.count(), k, ids, values, found.get(2).toFloatArray());
    }
  }

  private static long[] flatRows(BatchPlan layout, RowSelection rows) {
    long[] flat = new long[rows.count()];
    layout.flatten(rows, flat, 0);
    return flat;
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
    return life.call(() -> continued(prompts, maxNewTokens, stopTokens));
  }

  private List<int[]> continued(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
    try (NDManager call = manager.newSubManager()) {
      // One rounding for all tokens, where every product would round its weight again.
      NDList rounded = plan.roundsWeights() ? script.callList(call, "rounded", weights) : weights;
      return new GreedyGeneration(plan.config(), manager, script, rounded, adapter)
          .run(prompts, maxNewTokens, stopTokens);
    }
  }
}
