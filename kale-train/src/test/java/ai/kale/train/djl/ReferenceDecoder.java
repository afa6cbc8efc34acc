package ai.kale.train.djl;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Llama decoder and its losses in plain Java and double precision, written for clarity. */
final class ReferenceDecoder {
  private final DecoderConfig config;
  private final Map<String, double[]> weights = new LinkedHashMap<>();

  ReferenceDecoder(DecoderConfig config, TensorModel model) {
    this.config = config;
    for (String name : model.parameterNames()) {
      float[] values = model.parameter(name).values();
      double[] copy = new double[values.length];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = values[i];
      }
      weights.put(name, copy);
    }
  }

  /** The live values of a parameter. */
  double[] weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  double loss(TokenBatch batch, List<LossTerm> terms) {
    List<List<List<double[]>>> states = batch.sequences().stream().map(this::states).toList();
    return terms.stream().mapToDouble(term -> loss(states, term)).sum();
  }

  private double loss(List<List<List<double[]>>> states, LossTerm term) {
    RowSelection rows = term.rows();
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      List<List<double[]>> layers = states.get(rows.sequences()[i]);
      int layer = rows.layer() == RowSelection.LAST_LAYER ? config.layers() : rows.layer();
      double[] logits = read(layers.get(layer).get(rows.positions()[i]));
      if (term.target() instanceof RowTarget.Tokens tokens) {
        sum -= logProbabilities(logits, 1)[tokens.tokens()[i]];
      } else if (term.target() instanceof RowTarget.Match match) {
        sum +=
            divergence(
                match.divergence(), logProbabilities(logits, match.temperature()), match.q(), i);
      }
    }
    return sum * term.weight() / term.divisor();
  }

  private static double divergence(Divergence kind, double[] lp, Distributions q, int row) {
    boolean tail = q.k() < lp.length;
    double others = 1;
    double sum = 0;
    for (int j = row * q.k(); j < (row + 1) * q.k(); j++) {
      sum += outcome(kind, lp[q.ids()[j]], q.logProbabilities()[j]);
      others -= Math.exp(lp[q.ids()[j]]);
    }
    return tail ? sum + outcome(kind, Math.log(others), q.tailLogProbabilities()[row]) : sum;
  }

  private static double outcome(Divergence kind, double lp, double lq) {
    double p = Math.exp(lp);
    double q = Math.exp(lq);
    double beta = kind.beta();
    double lm = Math.log(beta * q + (1 - beta) * p);
    return switch (kind.kind()) {
      case FORWARD_KL -> q == 0 ? 0 : q * (lq - lp);
      case REVERSE_KL -> p * (lp - lq);
      case JENSEN_SHANNON -> (1 - beta) * p * (lp - lm) + (q == 0 ? 0 : beta * q * (lq - lm));
    };
  }

  static double[] logProbabilities(double[] logits, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit / temperature);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit / temperature - max);
    }
    double[] result = new double[logits.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = logits[i] / temperature - max - Math.log(sum);
    }
    return result;
  }

  /** Logits at each position, read from a layer through the final norm and the head. */
  List<double[]> logits(int[] sequence, int layer) {
    int depth = layer == RowSelection.LAST_LAYER ? config.layers() : layer;
    return states(sequence).get(depth).stream().map(this::read).toList();
  }

  private double[] read(double[] state) {
    String head = config.tieWordEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
    return linear(norm(state, "model.norm.weight"), head);
  }

  /** The residual stream: the embeddings, then the states after each block. */
  private List<List<double[]>> states(int[] sequence) {
    double[] embedding = weight("model.embed_tokens.weight");
    int width = config.hiddenSize();
    List<double[]> x = new ArrayList<>();
    for (int token : sequence) {
      x.add(java.util.Arrays.copyOfRange(embedding, token * width, (token + 1) * width));
    }
    List<List<double[]>> states = new ArrayList<>();
    states.add(x);
    for (int i = 0; i < config.layers(); i++) {
      x = x.stream().map(double[]::clone).collect(java.util.stream.Collectors.toList());
      block("model.layers." + i + ".", x);
      states.add(x);
    }
    return states;
  }

  private void block(String name, List<double[]> x) {
    List<double[]> q = new ArrayList<>();
    List<double[]> k = new ArrayList<>();
    List<double[]> v = new ArrayList<>();
    for (int t = 0; t < x.size(); t++) {
      double[] h = norm(x.get(t), name + "input_layernorm.weight");
      q.add(rotate(linear(h, name + "self_attn.q_proj.weight"), t));
      k.add(rotate(linear(h, name + "self_attn.k_proj.weight"), t));
      v.add(linear(h, name + "self_attn.v_proj.weight"));
    }
    for (int t = 0; t < x.size(); t++) {
      double[] row = x.get(t);
      addTo(row, linear(attend(q.get(t), k, v, t), name + "self_attn.o_proj.weight"));
      double[] h = norm(row, name + "post_attention_layernorm.weight");
      double[] gate = linear(h, name + "mlp.gate_proj.weight");
      double[] up = linear(h, name + "mlp.up_proj.weight");
      for (int i = 0; i < gate.length; i++) {
        up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
      }
      addTo(row, linear(up, name + "mlp.down_proj.weight"));
    }
  }

  private double[] attend(double[] q, List<double[]> k, List<double[]> v, int t) {
    int size = config.headDim();
    int queriesPerKey = config.heads() / config.keyValueHeads();
    double[] out = new double[q.length];
    for (int head = 0; head < config.heads(); head++) {
      int from = head / queriesPerKey * size;
      double[] scores = new double[t + 1];
      for (int s = 0; s <= t; s++) {
        for (int d = 0; d < size; d++) {
          scores[s] += q[head * size + d] * k.get(s)[from + d] / Math.sqrt(size);
        }
      }
      double[] p = logProbabilities(scores, 1);
      for (int s = 0; s <= t; s++) {
        for (int d = 0; d < size; d++) {
          out[head * size + d] += Math.exp(p[s]) * v.get(s)[from + d];
        }
      }
    }
    return out;
  }

  private double[] rotate(double[] x, int position) {
    int size = config.headDim();
    int half = size / 2;
    double[] out = new double[x.length];
    for (int head = 0; head < x.length; head += size) {
      for (int j = 0; j < half; j++) {
        double angle = position * Math.pow(config.rotary().theta(), -2.0 * j / size);
        double a = x[head + j];
        double b = x[head + j + half];
        out[head + j] = a * Math.cos(angle) - b * Math.sin(angle);
        out[head + j + half] = b * Math.cos(angle) + a * Math.sin(angle);
      }
    }
    return out;
  }

  private double[] norm(double[] x, String name) {
    double square = 0;
    for (double value : x) {
      square += value * value;
    }
    double scale = 1 / Math.sqrt(square / x.length + config.rmsNormEps());
    double[] w = weight(name);
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * scale * w[i];
    }
    return out;
  }

  private double[] linear(double[] x, String name) {
    double[] w = weight(name);
    double[] out = new double[w.length / x.length];
    for (int row = 0; row < out.length; row++) {
      for (int i = 0; i < x.length; i++) {
        out[row] += w[row * x.length + i] * x[i];
      }
    }
    return out;
  }

  private static void addTo(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}
