package ai.kale.eval;

import ai.kale.run.Progress;
import ai.kale.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs a model over many texts, some at a time, in the order given. */
final class Batches {
  private Batches() {}

  static List<String> answer(
      AnswerModel model, List<String> prompts, int size, String stage, RunContext context) {
    return run(prompts, size, stage, context, model::answer);
  }

  static List<AnswerModel.Score> score(
      AnswerModel model, List<Pair> pairs, int size, String stage, RunContext context) {
    List<AnswerModel.Score> scores =
        run(
            pairs,
            size,
            stage,
            context,
            batch ->
                model.score(
                    batch.stream().map(Pair::prompt).toList(),
                    batch.stream().map(Pair::continuation).toList()));
    for (int i = 0; i < scores.size(); i++) {
      if (Double.isNaN(scores.get(i).logLikelihood())) {
        throw new IllegalStateException(
            stage
                + ": the model's log-likelihood of '"
                + pairs.get(i).continuation()
                + "' is NaN; its weights are probably damaged by a diverged training");
      }
    }
    return scores;
  }

  private static <T, R> List<R> run(
      List<T> items, int size, String stage, RunContext context, Function<List<T>, List<R>> work) {
    List<R> results = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += size) {
      context.cancellation().throwIfCancelled(stage);
      List<T> batch = List.copyOf(items.subList(from, Math.min(items.size(), from + size)));
      List<R> out = work.apply(batch);
      if (out.size() != batch.size()) {
        throw new IllegalStateException(
            stage + ": the model gave " + out.size() + " results for " + batch.size() + " prompts");
      }
      results.addAll(out);
      context.progress().onProgress(new Progress(stage, results.size(), items.size(), ""));
    }
    return results;
  }

  /** A prompt with what follows it. */
  record Pair(String prompt, String continuation) {}
}
