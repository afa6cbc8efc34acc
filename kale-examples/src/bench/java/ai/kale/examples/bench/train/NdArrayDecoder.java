package ai.kale.examples.bench.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.kale.spi.tensor.NamedTensor;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Greedy decoding over DJL's array operations, as one writes it without scripts: a Llama with a
 * key-value cache that grows by concatenation. Prompts are of one length, so nothing is padded.
 */
final class NdArrayDecoder implements AutoCloseable {
  private final DecoderConfig config;
  private final NDManager manager;
  private final Map<String, NDArray> weights = new HashMap<>();

  NdArrayDecoder(DecoderConfig config, TensorModel model) {
    this.config = config;
    this.manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
    for (String name : model.parameterNames()) {
      NamedTensor tensor = model.parameter(name);
      weights.put(name, manager.create(tensor.values(), new Shape(tensor.shape())));
    }
  }

  /** The new tokens of each prompt. */
  List<int[]> generate(List<int[]> prompts, int count) {
    List<int[]> results = new ArrayList<>();
    prompts.forEach(prompt -> results.add(new int[count]));
    int length = prompts.get(0).length;
    try (NDManager caches = manager.newSubManager()) {
      NDList cache = new NDList();
      long[] next = new long[prompts.size() * length];
      for (int i = 0; i < next.length; i++) {
        next[i] = prompts.get(i / length)[i % length];
      }
      for (int g = 0; g < count; g++) {
        try (NDManager call = manager.newSubManager()) {
          int time = next.length / prompts.size();
          NDArray ids = call.create(next, new Shape(prompts.size(), time));
          next = step(call, ids, g == 0 ? 0 : length + g - 1, cache, caches);
        }
        for (int i = 0; i < next.length; i++) {
          results.get(i)[g] = Math.toIntExact(next[i]);
        }
      }
    }
    return results;
  }

  private long[] step(NDManager call, NDArray ids, int past, NDList cache, NDManager caches) {
    long batch = ids.getShape().get(0);
    long time = ids.getShape().get(1);
    NDArray x = weight(call, "model.embed_tokens.weight").get(ids.flatten());
    x = x.reshape(batch, time, config.hiddenSize());
    NDArray frequencies = call.create(config.rotary().frequencies(config.headDim()));
    NDArray positions = call.arange(past, past + time, 1, frequencies.getDataType());
    NDArray angles = positions.reshape(time, 1).matMul(frequencies.reshape(1, -1));
    angles = angles.concat(angles, 1).toType(x.getDataType(), false);
    NDArray cos = angles.cos();
    NDArray sin = angles.sin();
    for (int i = 0; i < config.layers(); i++) {
      x = block(call, x, i, cos, sin, cache, caches);
    }
    NDArray last = x.get(new NDIndex(":,-1"));
    NDArray logits = linear(call, norm(call, last, "model.norm.weight"), head());
    return logits.argMax(-1).toLongArray();
  }

  private NDArray block(
      NDManager call,
      NDArray x,
      int layer,
      NDArray cos,
      NDArray sin,
      NDList cache,
      NDManager caches) {
    String block = "model.layers." + layer + ".";
    String attention = block + "self_attn.";
    NDArray h = norm(call, x, block + "input_layernorm.weight");
    NDArray q = rotate(heads(call, h, attention + "q_proj.weight", config.heads()), cos, sin);
    NDArray k =
        rotate(heads(call, h, attention + "k_proj.weight", config.keyValueHeads()), cos, sin);
    NDArray v = heads(call, h, attention + "v_proj.weight", config.keyValueHeads());
    k = extended(cache, 2 * layer, k, caches);
    v = extended(cache, 2 * layer + 1, v, caches);
    int group = config.heads() / config.keyValueHeads();
    if (group > 1) {
      k = k.repeat(1, group);
      v = v.repeat(1, group);
    }
    NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).mul(config.attention().scale());
    long time = x.getShape().get(1);
    if (time > 1) {
      NDArray later = call.ones(new Shape(time, time)).sub(tril(call, time)).mul(-1e30f);
      scores = scores.add(later);
    }
    NDArray o = scores.softmax(3).matMul(v).transpose(0, 2, 1, 3);
    o = o.reshape(x.getShape().get(0), time, (long) config.heads() * config.headDim());
    x = x.add(linear(call, o, attention + "o_proj.weight"));
    h = norm(call, x, block + "post_attention_layernorm.weight");
    NDArray gate = linear(call, h, block + "mlp.gate_proj.weight");
    NDArray silu = gate.mul(ai.djl.nn.Activation.sigmoid(gate));
    NDArray up = linear(call, h, block + "mlp.up_proj.weight");
    return x.add(linear(call, silu.mul(up), block + "mlp.down_proj.weight"));
  }

  private static NDArray tril(NDManager call, long time) {
    NDArray steps = call.arange(0, time, 1, ai.djl.ndarray.types.DataType.FLOAT32);
    NDArray seen = steps.reshape(time, 1).gte(steps.reshape(1, time));
    return seen.toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
  }

  private static NDArray extended(NDList cache, int index, NDArray some, NDManager caches) {
    NDArray all = some;
    if (index < cache.size()) {
      NDArray old = cache.get(index);
      all = old.concat(some, 2);
      old.close();
      cache.set(index, all);
    } else {
      all = some.duplicate();
      cache.add(all);
    }
    all.attach(caches);
    return all;
  }

  private NDArray heads(NDManager call, NDArray h, String name, int count) {
    Shape shape = h.getShape();
    return linear(call, h, name)
        .reshape(shape.get(0), shape.get(1), count, config.headDim())
        .transpose(0, 2, 1, 3);
  }

  private NDArray rotate(NDArray x, NDArray cos, NDArray sin) {
    NDList halves = x.split(2, 3);
    NDArray turned = NDArrays.concat(new NDList(halves.get(1).neg(), halves.get(0)), 3);
    return x.mul(cos).add(turned.mul(sin));
  }

  private NDArray norm(NDManager call, NDArray x, String name) {
    NDArray mean = x.square().mean(new int[] {-1}, true);
    return x.div(mean.add(config.rmsNormEps()).sqrt()).mul(weight(call, name));
  }

  private NDArray linear(NDManager call, NDArray x, String name) {
    return x.matMul(weight(call, name).transpose());
  }

  private String head() {
    return config.tieWordEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight";
  }

  /** A weight as an array of this call, so that results belong to the call as well. */
  private NDArray weight(NDManager call, String name) {
    NDArray weight = weights.get(name);
    if (weight == null) {
      throw new IllegalStateException("no weight " + name);
    }
    NDArray view = weight.get(new NDIndex("..."));
    view.attach(call);
    return view;
  }

  @Override
  public void close() {
    manager.close();
  }
}
