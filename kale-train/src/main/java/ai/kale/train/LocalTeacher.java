package ai.kale.train;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.io.Sha256;
import ai.kale.train.text.TeacherLayout;
import ai.kale.train.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A local language model as a teacher: no network, no key, no bill. Greedy only: the same prompt
 * gives the same reply on the same machine. It counts tokens.
 *
 * <p>Safe for use by several threads, although the model is not: prompts that arrive while the
 * model writes wait and are then written together, at most 16 at a time. The model must not be used
 * by others meanwhile. Neither model nor tokenizer is closed by it.
 *
 * <p>Cost: as generating {@code maxTokens} tokens after the prompt; all prompts of a batch wait for
 * its longest reply.
 */
public final class LocalTeacher implements TeacherModel {
  private final String name;
  private final TensorModel model;
  private final Tokenizer tokenizer;
  private final TeacherLayout layout;
  private final TeacherQueue queue;
  private final int[] stops;

  private LocalTeacher(
      String name,
      TensorModel model,
      Tokenizer tokenizer,
      TeacherLayout layout,
      TeacherQueue queue) {
    this.name = name;
    this.model = model;
    this.tokenizer = tokenizer;
    this.layout = layout;
    this.queue = queue;
    int end =
        layout
            .stop()
            .map(
                token ->
                    tokenizer
                        .idOf(token)
                        .orElseThrow(
                            () ->
                                new SetupException(
                                    "the tokenizer has no token "
                                        + token
                                        + ", by which the layout ends a reply; choose the layout"
                                        + " that the model was trained with")))
            .orElseGet(tokenizer::eosId);
    this.stops = StopTokens.of(end, tokenizer, model.vocabularySize());
  }

  /**
   * A teacher with the plain layout.
   *
   * @param name names the weights, for example {@code "qwen2.5-0.5b"}: give other weights another
   *     name, because replies are found again in a journal by it
   * @param model an open model; the caller closes it
   * @param tokenizer its tokenizer; the caller closes it
   * @return the teacher
   */
  public static LocalTeacher of(String name, TensorModel model, Tokenizer tokenizer) {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a teacher needs a name of one line; got '" + name + "'");
    }
    return new LocalTeacher(name, model, tokenizer, TeacherLayout.plain(), new TeacherQueue(model));
  }

  /**
   * The same with another layout; both may be used, and share the model.
   *
   * @param newLayout how the parts of a prompt become one text
   * @return a new teacher
   * @throws SetupException if the tokenizer lacks the layout's last token
   */
  public LocalTeacher withLayout(TeacherLayout newLayout) {
    return new LocalTeacher(name, model, tokenizer, newLayout, queue);
  }

  /** {@code "local:"}, the name, and a hash of tokenizer and layout. */
  @Override
  public String id() {
    String rest = tokenizer.fingerprint() + "\n" + Arrays.toString(stops) + "\n" + layout.pattern();
    return "local:"
        + name
        + "+"
        + Sha256.of(rest.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  @Override
  public Set<TeacherCapability> capabilities() {
    return EnumSet.of(TeacherCapability.TOKEN_COUNTS);
  }

  /**
   * Writes one reply, greedily.
   *
   * @param prompt what to write about
   * @return the reply; cut if {@code maxTokens} ended it
   * @throws InvalidInputException if prompt and {@code maxTokens} together are longer than the
   *     model reads, the prompt is empty, or holds a control token of the tokenizer
   * @throws ai.kale.error.UnsupportedCapabilityException if the temperature is not 0
   */
  @Override
  public Reply reply(Prompt prompt) {
    if (prompt.temperature() != 0) {
      TeacherCapability.SAMPLING.require(this, "a temperature of " + prompt.temperature());
    }
    int[] tokens = encode(prompt);
    int[] written = queue.generate(tokens, prompt.maxTokens(), stops);
    Ending ending = written.length < prompt.maxTokens() ? Ending.COMPLETE : Ending.CUT;
    return new Reply(tokenizer.decode(written).strip(), tokens.length, written.length, ending);
  }

  private int[] encode(Prompt prompt) {
    for (String token : tokenizer.specialTokens()) {
      if (prompt.system().contains(token) || prompt.user().contains(token)) {
        throw new InvalidInputException(
            "the prompt holds "
                + token
                + ", which the tokenizer takes for a control token; take it out of the texts");
      }
    }
    int[] tokens = tokenizer.encode(layout.text(prompt.system(), prompt.user()));
    if (tokens.length == 0) {
      throw new InvalidInputException("the prompt is empty; give it at least one word");
    }
    if ((long) tokens.length + prompt.maxTokens() > model.maxPositions()) {
      throw new InvalidInputException(
          "the prompt has "
              + tokens.length
              + " tokens and the reply may have "
              + prompt.maxTokens()
              + ", but the model reads at most "
              + model.maxPositions()
              + " together; give it fewer or shorter paths, or lower maxTokens");
    }
    return tokens;
  }

  @Override
  public String toString() {
    return "LocalTeacher[" + id() + "]";
  }
}
