package ai.kale.examples.quickstart;

import ai.kale.eval.AnswerModel;
import ai.kale.train.text.Tokenizer;
import java.util.List;

/**
 * A model that writes a rationale first: its answer is what follows the last {@value #MARKER}.
 * Counts the tokens it writes.
 */
final class RationaleAnswers implements AnswerModel {
  private static final String MARKER = "Answer:";

  private final AnswerModel writer;
  private final Tokenizer tokenizer;
  private long tokens;
  private long answers;

  RationaleAnswers(AnswerModel writer, Tokenizer tokenizer) {
    this.writer = writer;
    this.tokenizer = tokenizer;
  }

  @Override
  public List<String> answer(List<String> prompts) {
    List<String> texts = writer.answer(prompts);
    for (String text : texts) {
      tokens += tokenizer.encode(text).length;
      answers++;
    }
    return texts.stream().map(RationaleAnswers::afterMarker).toList();
  }

  @Override
  public List<Score> score(List<String> prompts, List<String> continuations) {
    return writer.score(prompts, continuations);
  }

  /** Tokens written for each answer so far. */
  double tokensPerAnswer() {
    return answers == 0 ? 0 : tokens / (double) answers;
  }

  private static String afterMarker(String text) {
    String compact = text.replace("Answer :", MARKER);
    int at = compact.lastIndexOf(MARKER);
    return at < 0 ? compact.strip() : compact.substring(at + MARKER.length()).strip();
  }
}
