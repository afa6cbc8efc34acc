package ai.kale.train.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.kale.error.InvalidInputException;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Greedy continuation of prompts, in chunks of similar length. */
final class GreedyGeneration {
  private static final int CHUNK = 64;

  private final DecoderConfig config;
  private final NDManager manager;
  private final ScriptModule script;
  private final NDList weights;
  private final NDList adapter;

  GreedyGeneration(
      DecoderConfig config,
      NDManager manager,
      ScriptModule script,
      NDList weights,
      NDList adapter) {
    this.config = config;
    this.manager = manager;
    this.script = script;
    this.weights = weights;
    this.adapter = adapter;
  }

  List<int[]> run(List<int[]> prompts, int maxNewTokens, int[] stopTokens) {
    check(prompts, maxNewTokens, stopTokens);
    Integer[] order = new Integer[prompts.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> prompts.get(i).length));
    int[][] results = new int[prompts.size()][];
    for (int from = 0; from < order.length; from += CHUNK) {
      Integer[] chunk = Arrays.copyOfRange(order, from, Math.min(order.length, from + CHUNK));
      List<int[]> some = new ArrayList<>();
      for (int i : chunk) {
        some.add(prompts.get(i));
      }
      long[] tokens = generate(some, maxNewTokens, stopTokens);
      for (int i = 0; i < chunk.length; i++) {
        results[chunk[i]] = untilStop(tokens, i * maxNewTokens, maxNewTokens, stopTokens);
      }
    }
    return Arrays.asList(results);
  }

  private void check(List<int[]> prompts, int maxNewTokens, int[] stopTokens) {
    if (maxNewTokens < 1) {
      throw new InvalidInputException("maxNewTokens must be at least 1; got " + maxNewTokens);
    }
    for (int stop : stopTokens) {
      if (stop < 0 || stop >= config.vocabularySize()) {
        throw new InvalidInputException(
            "stop token " + stop + " is no token id up to " + (config.vocabularySize() - 1));
      }
    }
    for (int i = 0; i < prompts.size(); i++) {
      if ((long) prompts.get(i).length + maxNewTokens > config.maxPositions()) {
        throw new InvalidInputException(
            "prompt "
                + i
                + " of "
                + prompts.get(i).length
                + " tokens and "
                + maxNewTokens
                + " new ones exceed the model's "
                + config.maxPositions()
                + " positions; shorten one of them");
      }
    }
  }

  private long[] generate(List<int[]> prompts, int maxNewTokens, int[] stopTokens) {
    BatchPlan plan = new BatchPlan(config, prompts);
    long[] lengths = prompts.stream().mapToLong(prompt -> prompt.length).toArray();
    long[] limits = new long[stopTokens.length + 1];
    limits[0] = maxNewTokens;
    for (int i = 0; i < stopTokens.length; i++) {
      limits[i + 1] = stopTokens[i];
    }
    try (NDManager call = manager.newSubManager()) {
      return script
          .call(
              call,
              "generate",
              weights,
              adapter,
              NativeTensors.longs(call, plan.ids(), plan.size(), plan.time()),
              NativeTensors.longs(call, lengths),
              NativeTensors.longs(call, limits))
          .toLongArray();
    }
  }

  private static int[] untilStop(long[] tokens, int from, int count, int[] stopTokens) {
    return Arrays.stream(tokens, from, from + count)
        .mapToInt(Math::toIntExact)
        .takeWhile(token -> Arrays.stream(stopTokens).noneMatch(stop -> stop == token))
        .toArray();
  }
}
