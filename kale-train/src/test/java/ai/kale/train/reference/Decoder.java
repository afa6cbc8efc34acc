package ai.kale.train.reference;

import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.ExpertConfig;
import java.util.ArrayList;
import java.util.List;

/** The forward pass of one sequence: rows are positions. No padding, no cache. */
final class Decoder {
  private final DecoderConfig config;
  private final Parameters weights;
  private final Linear linear;
  private final Rotation rotation;
  private final Function activation;

  Decoder(DecoderConfig config, Parameters weights, Linear linear) {
    this.config = config;
    this.weights = weights;
    this.linear = linear;
    this.rotation = new Rotation(config.rotary(), config.headDim());
    this.activation = config.architecture().usesGelu() ? Function.tanhGelu() : Function.silu();
  }

  /** The residual stream: place 0 the embedding, place l after block l, up to a deepest layer. */
  List<Matrix> states(Tape tape, int[] tokens, int deepest) {
    Matrix x = tape.rows(weights.get("model.embed_tokens.weight"), tokens);
    if (config.architecture().scalesEmbeddings()) {
      x = tape.scale(x, Math.sqrt(config.hiddenSize()));
    }
    List<Matrix> states = new ArrayList<>(List.of(x));
    for (int layer = 0; layer < deepest; layer++) {
      x = block(tape, x, layer);
      states.add(x);
    }
    return states;
  }

  /** Rows of any layer through the final norm, the head and the cap. */
  Matrix logits(Tape tape, Matrix state) {
    Matrix x = norm(tape, state, "model.norm");
    Matrix logits =
        config.tieWordEmbeddings()
            ? tape.product(x, weights.get("model.embed_tokens.weight"))
            : linear.apply(tape, "lm_head", x);
    return config.logitCap() > 0 ? tape.apply(logits, Function.cap(config.logitCap())) : logits;
  }

  private Matrix block(Tape tape, Matrix x, int layer) {
    String name = "model.layers." + layer + ".";
    boolean outputNorms = config.architecture().hasOutputNorms();
    Matrix attention =
        attention(tape, norm(tape, x, name + "input_layernorm"), name + "self_attn.", layer);
    if (outputNorms) {
      attention = norm(tape, attention, name + "post_attention_layernorm");
    }
    Matrix middle = tape.add(x, attention);
    String before = outputNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm";
    Matrix out = mlp(tape, norm(tape, middle, name + before), name + "mlp.");
    if (outputNorms) {
      out = norm(tape, out, name + "post_feedforward_layernorm");
    }
    return tape.add(middle, out);
  }

  private Matrix norm(Tape tape, Matrix x, String name) {
    double offset = config.architecture().hasOffsetNorms() ? 1 : 0;
    return Normalizations.rms(tape, x, weights.get(name + ".weight"), config.rmsNormEps(), offset);
  }

  private Matrix attention(Tape tape, Matrix x, String name, int layer) {
    Matrix q = projection(tape, x, name, "q");
    Matrix k = projection(tape, x, name, "k");
    Matrix v = clip(tape, linear.apply(tape, name + "v_proj", x));
    int width = config.headDim();
    int group = config.heads() / config.keyValueHeads();
    List<Matrix> heads = new ArrayList<>();
    for (int h = 0; h < config.heads(); h++) {
      Matrix queries = rotation.rotate(tape, tape.columns(q, h * width, width));
      Matrix keys = rotation.rotate(tape, tape.columns(k, h / group * width, width));
      Matrix values = tape.columns(v, h / group * width, width);
      heads.add(tape.mixture(probabilities(tape, queries, keys, layer), values));
    }
    return linear.apply(tape, name + "o_proj", tape.beside(heads));
  }

  private Matrix projection(Tape tape, Matrix x, String name, String letter) {
    Matrix product = linear.apply(tape, name + letter + "_proj", x);
    boolean normed = config.architecture().hasQueryKeyNorms();
    return clip(tape, normed ? norm(tape, product, name + letter + "_norm") : product);
  }

  private Matrix clip(Tape tape, Matrix x) {
    double bound = config.attention().projectionClip();
    return bound > 0 ? tape.apply(x, Function.clip(bound)) : x;
  }

  private Matrix probabilities(Tape tape, Matrix queries, Matrix keys, int layer) {
    AttentionConfig attention = config.attention();
    Matrix scores = tape.scale(tape.product(queries, keys), attention.scale());
    if (attention.scoreCap() > 0) {
      scores = tape.apply(scores, Function.cap(attention.scoreCap()));
    }
    int window = attention.window(layer) > 0 ? attention.window(layer) : Integer.MAX_VALUE;
    return Normalizations.softmax(
        tape, scores, (query, key) -> key <= query && query - key < window);
  }

  private Matrix mlp(Tape tape, Matrix x, String name) {
    if (config.experts().isEmpty()) {
      return gated(tape, x, name);
    }
    ExpertConfig experts = config.experts().get();
    Matrix shares = ExpertRouting.shares(tape, linear.apply(tape, name + "gate", x), experts);
    Matrix sum = new Matrix(x.rows, x.columns);
    for (int e = 0; e < experts.count(); e++) {
      Matrix out = gated(tape, x, name + "experts." + e + ".");
      sum = tape.add(sum, tape.multiplyRows(out, tape.columns(shares, e, 1)));
    }
    return sum;
  }

  private Matrix gated(Tape tape, Matrix x, String name) {
    Matrix gate = tape.apply(linear.apply(tape, name + "gate_proj", x), activation);
    Matrix up = linear.apply(tape, name + "up_proj", x);
    return linear.apply(tape, name + "down_proj", tape.multiply(gate, up));
  }
}
