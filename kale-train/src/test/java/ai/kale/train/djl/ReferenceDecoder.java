package ai.kale.train.djl;

import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.Divergence;
import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.RowTarget;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.ExpertConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** A decoder and its losses in plain Java and double precision, written for clarity. */
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
    double[] logits = linear(norm(state, "model.norm.weight"), head);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = capped(logits[i], config.logitCap());
    }
    return logits;
  }

  private static double capped(double value, double cap) {
    return cap > 0 ? cap * Math.tanh(value / cap) : value;
  }

  /** The residual stream: the embeddings, then the states after each block. */
  private List<List<double[]>> states(int[] sequence) {
    double[] embedding = weight("model.embed_tokens.weight");
    int width = config.hiddenSize();
    List<double[]> x = new ArrayList<>();
    for (int token : sequence) {
      double[] row = java.util.Arrays.copyOfRange(embedding, token * width, (token + 1) * width);
      for (int i = 0; i < width && config.architecture().scalesEmbeddings(); i++) {
        row[i] *= Math.sqrt(width);
      }
      x.add(row);
    }
    List<List<double[]>> states = new ArrayList<>();
    states.add(x);
    for (int i = 0; i < config.layers(); i++) {
      x = x.stream().map(double[]::clone).collect(java.util.stream.Collectors.toList());
      block("model.layers." + i + ".", x, config.attention().window(i));
      states.add(x);
    }
    return states;
  }

  private void block(String name, List<double[]> x, int window) {
    String attention = name + "self_attn.";
    boolean outputNorms = config.architecture().hasOutputNorms();
    List<double[]> q = new ArrayList<>();
    List<double[]> k = new ArrayList<>();
    List<double[]> v = new ArrayList<>();
    for (int t = 0; t < x.size(); t++) {
      double[] h = norm(x.get(t), name + "input_layernorm.weight");
      q.add(rotate(clipped(headNorm(linear(h, attention + "q_proj"), attention + "q_norm")), t));
      k.add(rotate(clipped(headNorm(linear(h, attention + "k_proj"), attention + "k_norm")), t));
      v.add(clipped(linear(h, attention + "v_proj")));
    }
    for (int t = 0; t < x.size(); t++) {
      double[] row = x.get(t);
      double[] o = linear(attend(q.get(t), k, v, t, window), attention + "o_proj");
      String after = name + "post_attention_layernorm.weight";
      addTo(row, outputNorms ? norm(o, after) : o, 1);
      double[] h = norm(row, outputNorms ? name + "pre_feedforward_layernorm.weight" : after);
      double[] f = config.experts().isPresent() ? routed(h, name) : dense(h, name + "mlp.");
      addTo(row, outputNorms ? norm(f, name + "post_feedforward_layernorm.weight") : f, 1);
    }
  }

  private double[] headNorm(double[] x, String name) {
    return config.architecture().hasQueryKeyNorms() ? norm(x, name + ".weight") : x;
  }

  private double[] clipped(double[] x) {
    double clip = config.attention().projectionClip();
    return clip == 0 ? x : Arrays.stream(x).map(y -> Math.max(-clip, Math.min(clip, y))).toArray();
  }

  private double[] routed(double[] h, String name) {
    ExpertConfig experts = config.experts().orElseThrow();
    double[] scores = logProbabilities(linear(h, name + "mlp.gate"), 1);
    List<Integer> chosen =
        IntStream.range(0, experts.count())
            .boxed()
            .sorted(Comparator.comparingDouble(e -> -scores[e]))
            .limit(experts.perToken())
            .toList();
    double sum = chosen.stream().mapToDouble(e -> Math.exp(scores[e])).sum();
    double[] out = new double[h.length];
    for (int e : chosen) {
      double weight = Math.exp(scores[e]) / (experts.normalized() ? sum : 1);
      addTo(out, dense(h, name + "mlp.experts." + e + "."), weight);
    }
    return out;
  }

  private double[] dense(double[] h, String name) {
    double[] gate = linear(h, name + "gate_proj");
    double[] up = linear(h, name + "up_proj");
    for (int i = 0; i < gate.length; i++) {
      double g = gate[i];
      up[i] *=
          config.architecture().usesGelu()
              ? g / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (g + 0.044715 * g * g * g)))
              : g / (1 + Math.exp(-g));
    }
    return linear(up, name + "down_proj");
  }

  private double[] attend(double[] q, List<double[]> k, List<double[]> v, int t, int window) {
    int size = config.headDim();
    int queriesPerKey = config.heads() / config.keyValueHeads();
    int first = window == 0 ? 0 : Math.max(0, t + 1 - window);
    double[] out = new double[q.length];
    for (int head = 0; head < config.heads(); head++) {
      int from = head / queriesPerKey * size;
      double[] scores = new double[t + 1 - first];
      for (int s = first; s <= t; s++) {
        double product = 0;
        for (int d = 0; d < size; d++) {
          product += q[head * size + d] * k.get(s)[from + d];
        }
        AttentionConfig attention = config.attention();
        scores[s - first] = capped(product * attention.scale(), attention.scoreCap());
      }
      double[] p = logProbabilities(scores, 1);
      for (int s = first; s <= t; s++) {
        for (int d = 0; d < size; d++) {
          out[head * size + d] += Math.exp(p[s - first]) * v.get(s)[from + d];
        }
      }
    }
    return out;
  }

  private double[] rotate(double[] x, int position) {
    int size = config.headDim();
    int half = size / 2;
    double[] frequencies = config.rotary().frequencies(size);
    double[] out = new double[x.length];
    for (int head = 0; head < x.length; head += size) {
      for (int j = 0; j < half; j++) {
        double angle = position * frequencies[j];
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
      out[i] = x[i] * scale * (config.architecture().hasOffsetNorms() ? 1 + w[i] : w[i]);
    }
    return out;
  }

  private double[] linear(double[] x, String name) {
    double[] w = weight(name.endsWith(".weight") ? name : name + ".weight");
    double[] bias = weights.get(name + ".bias");
    double[] out = new double[w.length / x.length];
    for (int row = 0; row < out.length; row++) {
      out[row] = bias == null ? 0 : bias[row];
      for (int i = 0; i < x.length; i++) {
        out[row] += w[row * x.length + i] * x[i];
      }
    }
    return out;
  }

  private static void addTo(double[] x, double[] y, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * y[i];
    }
  }
}
