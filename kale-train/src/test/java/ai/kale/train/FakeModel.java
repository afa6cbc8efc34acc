package ai.kale.train;

import ai.kale.error.InsufficientMemoryException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.SaveOptions;
import ai.kale.spi.tensor.StepLosses;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Counts calls and returns what it is told to; computes nothing. */
public class FakeModel implements TensorModel {
  /** Losses are NaN from this accumulate call on, 0-based. */
  public int nanLossFrom = Integer.MAX_VALUE;

  /** Gradient norms are infinite from this step call on, 0-based. */
  public int badNormFrom = Integer.MAX_VALUE;

  /** Probabilities are NaN from this topK call on, 0-based. */
  public int nanTopKFrom = Integer.MAX_VALUE;

  /** Memory runs out in this call, by name. */
  public String failing = "";

  public final List<TokenBatch> accumulated = new ArrayList<>();
  public final List<List<LossTerm>> terms = new ArrayList<>();
  public final List<Double> rates = new ArrayList<>();
  public final List<int[]> teacherPositions = new ArrayList<>();
  public int topKCalls;
  public int zeroed;
  public int goodSteps;
  public float weight = 1;

  @Override
  public int vocabularySize() {
    return 100;
  }

  @Override
  public int layerCount() {
    return 4;
  }

  @Override
  public int maxPositions() {
    return 64;
  }

  @Override
  public StepLosses accumulate(TokenBatch batch, List<LossTerm> losses) {
    double[] values = new double[losses.size()];
    Arrays.fill(values, accumulated.size() >= nanLossFrom ? Double.NaN : 1);
    accumulated.add(batch);
    terms.add(losses);
    return new StepLosses(values, batch.tokenCount());
  }

  @Override
  public StepLosses evaluate(TokenBatch batch, List<LossTerm> losses) {
    return new StepLosses(new double[losses.size()], batch.tokenCount());
  }

  @Override
  public double step(AdamW adamW) {
    failIf("step");
    rates.add(adamW.learningRate());
    if (rates.size() > badNormFrom) {
      return Double.POSITIVE_INFINITY;
    }
    goodSteps++;
    return 0.5;
  }

  @Override
  public void zeroGradients() {
    zeroed++;
  }

  @Override
  public float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets) {
    return new float[rows.count()];
  }

  /** Row r names token {@code position of r}, with probability given by the sequence's length. */
  @Override
  public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
    failIf("topK");
    boolean bad = topKCalls++ >= nanTopKFrom;
    teacherPositions.add(rows.positions());
    int[] ids = new int[rows.count() * k];
    float[] logs = new float[ids.length];
    for (int r = 0; r < rows.count(); r++) {
      int length = batch.sequences().get(rows.sequences()[r]).length;
      for (int i = 0; i < k; i++) {
        ids[r * k + i] = rows.positions()[r] + i;
        logs[r * k + i] = bad ? Float.NaN : -length - i;
      }
    }
    return new Distributions(rows.count(), k, ids, logs, new float[rows.count()]);
  }

  private void failIf(String method) {
    if (method.equals(failing)) {
      throw new InsufficientMemoryException("12 GB in " + method, new IllegalStateException());
    }
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
    return prompts.stream().map(p -> new int[] {p[0]}).toList();
  }

  @Override
  public Optional<TokenPredictor> base() {
    return Optional.empty();
  }

  @Override
  public List<String> parameterNames() {
    return List.of("w");
  }

  @Override
  public List<String> trainableParameterNames() {
    return parameterNames();
  }

  @Override
  public NamedTensor parameter(String name) {
    return new NamedTensor(name, new long[] {1}, new float[] {weight});
  }

  @Override
  public void setParameter(NamedTensor tensor) {
    weight = tensor.values()[0];
  }

  @Override
  public NamedTensor gradient(String name) {
    return new NamedTensor(name, new long[] {1}, new float[] {0});
  }

  @Override
  public void save(Path checkpoint, SaveOptions options) {}

  @Override
  public void saveAdapter(Path folder, String baseModel) {}

  @Override
  public void saveOptimizer(Path file) {}

  @Override
  public void loadOptimizer(Path file) {}

  @Override
  public TensorModel copy() {
    return new FakeModel();
  }

  @Override
  public void close() {}
}
