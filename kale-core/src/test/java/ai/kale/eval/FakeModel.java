package ai.kale.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** A model that answers from a map and scores with a function, and remembers its batches. */
final class FakeModel implements AnswerModel {
  final List<Integer> batches = new ArrayList<>();
  private final Map<String, String> answers;
  private final ToDoubleBiFunction<String, String> score;

  FakeModel(Map<String, String> answers, ToDoubleBiFunction<String, String> score) {
    this.answers = answers;
    this.score = score;
  }

  static FakeModel answering(Map<String, String> answers) {
    return new FakeModel(answers, (prompt, continuation) -> -continuation.length());
  }

  static FakeModel scoring(ToDoubleBiFunction<String, String> score) {
    return new FakeModel(Map.of(), score);
  }

  @Override
  public List<String> answer(List<String> prompts) {
    batches.add(prompts.size());
    return prompts.stream().map(prompt -> answers.getOrDefault(prompt, "")).toList();
  }

  @Override
  public List<Score> score(List<String> prompts, List<String> continuations) {
    batches.add(prompts.size());
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      scores.add(new Score(score.applyAsDouble(prompts.get(i), continuations.get(i)), 1));
    }
    return scores;
  }
}
