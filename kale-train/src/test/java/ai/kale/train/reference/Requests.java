package ai.kale.train.reference;

import ai.kale.error.InvalidInputException;
import ai.kale.spi.tensor.AdamW;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses what is out of range before anything is computed. */
final class Requests {
  private final DecoderConfig config;

  Requests(DecoderConfig config) {
    this.config = config;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InvalidInputException(message);
    }
  }

  /** The layer of a selection, 1 to the layer count. */
  int layer(RowSelection rows) {
    int layer = rows.layer() == RowSelection.LAST_LAYER ? config.layers() : rows.layer();
    require(
        layer >= 1 && layer <= config.layers(),
        "layer " + layer + " is outside the model's 1 to " + config.layers());
    return layer;
  }

  void sequences(List<int[]> sequences) {
    for (int s = 0; s < sequences.size(); s++) {
      int[] sequence = sequences.get(s);
      require(
          sequence.length > 0 && sequence.length <= config.maxPositions(),
          "sequence " + s + ": " + sequence.length + " tokens, not 1 to " + config.maxPositions());
      for (int p = 0; p < sequence.length; p++) {
        token(sequence[p], "sequence " + s + ", position " + p);
      }
    }
  }

  void token(int id, String where) {
    require(
        id >= 0 && id < config.vocabularySize(),
        where + ": token id " + id + " is not below " + config.vocabularySize());
  }

  void rows(TokenBatch batch, RowSelection rows) {
    layer(rows);
    for (int i = 0; i < rows.count(); i++) {
      int s = rows.sequences()[i];
      int p = rows.positions()[i];
      require(s >= 0 && s < batch.sequences().size(), "row " + i + ": there is no sequence " + s);
      require(
          p >= 0 && p < batch.sequences().get(s).length,
          "row " + i + ": sequence " + s + " has no position " + p);
    }
  }

  void targets(RowSelection rows, int[] targets) {
    require(
        targets.length == rows.count(),
        targets.length + " targets were given for " + rows.count() + " rows");
    for (int i = 0; i < targets.length; i++) {
      token(targets[i], "target " + i);
    }
  }

  void distributions(int k, double temperature) {
    require(k >= 1 && k <= config.vocabularySize(), "k = " + k + " is out of range");
    RowTarget.checkTemperature(temperature);
  }

  void terms(TokenBatch batch, List<LossTerm> terms) {
    sequences(batch.sequences());
    require(!terms.isEmpty(), "there are no loss terms; give at least one");
    for (LossTerm term : terms) {
      rows(batch, term.rows());
      if (term.target() instanceof RowTarget.Tokens tokens) {
        targets(term.rows(), tokens.tokens());
      } else if (term.target() instanceof RowTarget.Match match) {
        distributions(match.q().k(), match.temperature());
        target("term " + term.name(), match.q());
      }
    }
  }

  private void target(String where, Distributions q) {
    for (int row = 0; row < q.rows(); row++) {
      Set<Integer> seen = new HashSet<>();
      for (int j = row * q.k(); j < (row + 1) * q.k(); j++) {
        token(q.ids()[j], where + ", row " + row);
        require(
            seen.add(q.ids()[j]),
            where + ", row " + row + ": token " + q.ids()[j] + " comes twice");
        probability(where, q.logProbabilities()[j]);
      }
      probability(where, q.tailLogProbabilities()[row]);
    }
  }

  private static void probability(String where, double log) {
    require(log <= 1e-3, where + ": " + log + " is not the logarithm of a probability");
  }

  void prompts(List<int[]> prompts, int maxNewTokens, int[] stopTokens) {
    require(maxNewTokens >= 1, "maxNewTokens must be at least 1; got " + maxNewTokens);
    for (int stop : stopTokens) {
      token(stop, "stop token " + stop);
    }
    sequences(prompts);
    for (int i = 0; i < prompts.size(); i++) {
      require(
          prompts.get(i).length + (long) maxNewTokens <= config.maxPositions(),
          "prompt " + i + " and " + maxNewTokens + " new tokens exceed " + config.maxPositions());
    }
  }

  static void optimizer(AdamW adamW) {
    range("learningRate", adamW.learningRate(), 0, Double.MAX_VALUE);
    range("beta1", adamW.beta1(), 0, Math.nextDown(1.0));
    range("beta2", adamW.beta2(), 0, Math.nextDown(1.0));
    range("epsilon", adamW.epsilon(), 0, Double.MAX_VALUE);
    range("weightDecay", adamW.weightDecay(), 0, Double.MAX_VALUE);
    range("maxGradientNorm", adamW.maxGradientNorm(), Double.MIN_VALUE, Double.POSITIVE_INFINITY);
  }

  private static void range(String name, double value, double low, double high) {
    require(value >= low && value <= high, name + " is " + value + ", outside its range");
  }
}
