package ai.kale.train.reference;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a decoder: every question is a whole forward pass of its own. */
final class Predictor implements TokenPredictor {
  private final DecoderConfig config;
  private final Decoder decoder;
  private final Requests requests;
  private final Runnable checkOpen;

  /**
   * Makes a predictor.
   *
   * @param checkOpen throws once the model is closed
   */
  Predictor(DecoderConfig config, Decoder decoder, Runnable checkOpen) {
    this.config = config;
    this.decoder = decoder;
    this.requests = new Requests(config);
    this.checkOpen = checkOpen;
  }

  @Override
  public int vocabularySize() {
    return config.vocabularySize();
  }

  @Override
  public int maxPositions() {
    return config.maxPositions();
  }

  /** Logits of chosen rows. */
  static Matrix logits(Decoder decoder, Tape tape, TokenBatch batch, RowSelection rows, int layer) {
    Matrix[] states = new Matrix[batch.sequences().size()];
    Matrix[] picked = new Matrix[rows.count()];
    for (int i = 0; i < picked.length; i++) {
      int s = rows.sequences()[i];
      if (states[s] == null) {
        states[s] = decoder.states(tape, batch.sequences().get(s), layer).get(layer);
      }
      picked[i] = tape.rows(states[s], new int[] {rows.positions()[i]});
    }
    return decoder.logits(tape, tape.stack(List.of(picked)));
  }

  private Matrix logProbabilities(TokenBatch batch, RowSelection rows, double temperature) {
    Tape tape = new Tape();
    Matrix logits = logits(decoder, tape, batch, rows, requests.layer(rows));
    return Normalizations.logSoftmax(tape, tape.scale(logits, 1 / temperature));
  }

  @Override
  public float[] logProbabilities(TokenBatch batch, RowSelection rows, int[] targets) {
    checkOpen.run();
    requests.sequences(batch.sequences());
    requests.rows(batch, rows);
    requests.targets(rows, targets);
    float[] found = new float[targets.length];
    if (found.length > 0) {
      Matrix logs = logProbabilities(batch, rows, 1);
      for (int i = 0; i < found.length; i++) {
        found[i] = (float) logs.get(i, targets[i]);
      }
    }
    return found;
  }

  @Override
  public Distributions topK(TokenBatch batch, RowSelection rows, int k, double temperature) {
    checkOpen.run();
    requests.sequences(batch.sequences());
    requests.rows(batch, rows);
    requests.distributions(k, temperature);
    int count = rows.count();
    int[] ids = new int[count * k];
    float[] values = new float[count * k];
    float[] tails = new float[count];
    if (count > 0) {
      Matrix logs = logProbabilities(batch, rows, temperature);
      boolean[] listed = new boolean[logs.value.length];
      for (int i = 0; i < count; i++) {
        int[] order = byFallingProbability(logs, i);
        for (int j = 0; j < k; j++) {
          ids[i * k + j] = order[j];
          values[i * k + j] = (float) logs.get(i, order[j]);
          listed[logs.at(i, order[j])] = true;
        }
        boolean whole = k == config.vocabularySize();
        tails[i] = whole ? Float.NEGATIVE_INFINITY : (float) Losses.others(logs, i, listed);
      }
    }
    return new Distributions(count, k, ids, values, tails);
  }

  /** Token ids by the values that are given out; equal ones by id. */
  private static int[] byFallingProbability(Matrix logs, int row) {
    return IntStream.range(0, logs.columns)
        .boxed()
        .sorted((a, b) -> Float.compare((float) logs.get(row, b), (float) logs.get(row, a)))
        .mapToInt(id -> id)
        .toArray();
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
    checkOpen.run();
    requests.prompts(prompts, maxNewTokens, stopTokens);
    List<int[]> results = new ArrayList<>();
    for (int[] prompt : prompts) {
      int[] text = prompt;
      while (text.length < prompt.length + maxNewTokens) {
        int[] last = {text.length - 1};
        RowSelection row = new RowSelection(RowSelection.LAST_LAYER, new int[1], last);
        int next = topK(new TokenBatch(List.of(text)), row, 1, 1).ids()[0];
        if (Arrays.stream(stopTokens).anyMatch(stop -> stop == next)) {
          break;
        }
        text = Arrays.copyOf(text, text.length + 1);
        text[text.length - 1] = next;
      }
      results.add(Arrays.copyOfRange(text, prompt.length, text.length));
    }
    return results;
  }
}
