package ai.kale.train;

import ai.kale.error.InvalidInputException;
import ai.kale.eval.AnswerModel;
import ai.kale.spi.tensor.RowSelection;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.objective.RowList;
import ai.kale.train.objective.TermBatch;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A language model as evaluation sees it: greedy answers and log-likelihoods, in batches of similar
 * length. Neither model nor tokenizer is closed by it. As little safe for several threads as the
 * model.
 */
public final class LanguageModelAnswers implements AnswerModel {
  private static final int BATCH = 64;

  private final TensorModel model;
  private final Tokenizer tokenizer;
  private final int maxNewTokens;
  private final int[] marker;
  private final Optional<PromptFormat> format;

  /**
   * Answers with all that is generated.
   *
   * @param model the model
   * @param tokenizer its tokenizer
   * @param maxNewTokens longest answer, in tokens; at least 1
   */
  public LanguageModelAnswers(TensorModel model, Tokenizer tokenizer, int maxNewTokens) {
    this(model, tokenizer, maxNewTokens, "");
  }

  /**
   * Answers with what follows the last occurrence of a marker: for models that write a rationale
   * first.
   *
   * @param model the model
   * @param tokenizer its tokenizer
   * @param maxNewTokens longest rationale and answer, in tokens; at least 1
   * @param marker for example {@code " Answer:"}; where it is not generated, or empty, everything
   *     generated is the answer
   */
  public LanguageModelAnswers(
      TensorModel model, Tokenizer tokenizer, int maxNewTokens, String marker) {
    this(model, tokenizer, maxNewTokens, tokenizer.encode(marker), Optional.empty());
  }

  private LanguageModelAnswers(
      TensorModel model,
      Tokenizer tokenizer,
      int maxNewTokens,
      int[] marker,
      Optional<PromptFormat> format) {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be at least 1; got " + maxNewTokens);
    }
    this.model = model;
    this.tokenizer = tokenizer;
    this.maxNewTokens = maxNewTokens;
    this.marker = marker;
    this.format = format;
  }

  /**
   * The same for prompts of a given format: whether they want a beginning-of-sequence token, and
   * which token ends an answer.
   *
   * @param newFormat how the prompts were laid out
   * @return new answers
   */
  public LanguageModelAnswers withFormat(PromptFormat newFormat) {
    return new LanguageModelAnswers(model, tokenizer, maxNewTokens, marker, Optional.of(newFormat));
  }

  /**
   * Greedy answers.
   *
   * @param prompts in the model's own format
   * @return one answer for each prompt, stripped
   * @throws InvalidInputException naming the prompt's index, if one is empty or leaves no room for
   *     {@code maxNewTokens}
   */
  @Override
  public List<String> answer(List<String> prompts) {
    List<int[]> encoded = encode(prompts, maxNewTokens);
    String[] answers = new String[prompts.size()];
    int end = format.map(f -> f.endId(tokenizer)).orElseGet(tokenizer::eosId);
    int[] stops = StopTokens.of(end, tokenizer, model.vocabularySize());
    for (List<Integer> batch : batches(encoded)) {
      List<int[]> inputs = batch.stream().map(encoded::get).toList();
      List<int[]> outputs = model.generate(inputs, maxNewTokens, stops);
      for (int i = 0; i < outputs.size(); i++) {
        answers[batch.get(i)] = tokenizer.decode(afterMarker(outputs.get(i))).strip();
      }
    }
    return List.of(answers);
  }

  /**
   * Log-likelihoods of continuations. Prompt and continuation are encoded separately; an empty
   * continuation scores 0.
   *
   * @param prompts what comes before
   * @param continuations one for each prompt
   * @return one score for each
   * @throws InvalidInputException naming the prompt's index, if one is empty or too long
   */
  @Override
  public List<Score> score(List<String> prompts, List<String> continuations) {
    if (prompts.size() != continuations.size()) {
      throw new IllegalArgumentException(
          prompts.size() + " prompts but " + continuations.size() + " continuations");
    }
    List<int[]> contexts = encode(prompts, 0);
    List<int[]> targets = continuations.stream().map(tokenizer::encode).toList();
    List<int[]> sequences = new ArrayList<>(prompts.size());
    for (int i = 0; i < prompts.size(); i++) {
      int[] target = targets.get(i);
      sequences.add(target.length == 0 ? contexts.get(i) : TermBatch.join(contexts.get(i), target));
      checkLength(i, sequences.get(i).length);
    }
    Score[] scores = new Score[prompts.size()];
    for (List<Integer> batch : batches(sequences)) {
      RowList rows = new RowList();
      for (int i = 0; i < batch.size(); i++) {
        int index = batch.get(i);
        rows.addCompletion(i, contexts.get(index).length, targets.get(index));
      }
      float[] logs = new float[0];
      if (rows.count() > 0) {
        TokenBatch tokens = new TokenBatch(batch.stream().map(sequences::get).toList());
        logs = model.logProbabilities(tokens, rows.rows(RowSelection.LAST_LAYER), rows.tokens());
      }
      int at = 0;
      for (int index : batch) {
        double sum = 0;
        int count = targets.get(index).length;
        for (int j = 0; j < count; j++) {
          sum += logs[at++];
        }
        scores[index] = new Score(sum, count);
      }
    }
    return List.of(scores);
  }

  private List<int[]> encode(List<String> texts, int room) {
    List<int[]> encoded = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      int[] ids =
          format
              .map(f -> f.encodePrompt(tokenizer, text))
              .orElseGet(() -> tokenizer.encodeStart(text));
      if (text.isEmpty() || ids.length == 0) {
        throw new InvalidInputException("prompt " + i + " is empty; give it at least one word");
      }
      checkLength(i, ids.length + room);
      encoded.add(ids);
    }
    return encoded;
  }

  private void checkLength(int index, int tokens) {
    if (tokens > model.maxPositions()) {
      throw new InvalidInputException(
          "prompt "
              + index
              + " needs "
              + tokens
              + " tokens with its answer, but the model reads at most "
              + model.maxPositions()
              + "; shorten it or lower maxNewTokens");
    }
  }

  private static List<List<Integer>> batches(List<int[]> sequences) {
    List<Integer> order =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> sequences.get(i).length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += BATCH) {
      batches.add(order.subList(from, Math.min(order.size(), from + BATCH)));
    }
    return batches;
  }

  private int[] afterMarker(int[] generated) {
    for (int from = generated.length - marker.length; marker.length > 0 && from >= 0; from--) {
      if (Arrays.equals(generated, from, from + marker.length, marker, 0, marker.length)) {
        return Arrays.copyOfRange(generated, from + marker.length, generated.length);
      }
    }
    return generated;
  }
}
