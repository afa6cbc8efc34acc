package ai.kale.train.data;

import java.util.List;

/**
 * An intermediate entity of a question's path, as a target for an intermediate layer.
 *
 * @param hop 1 for the entity after the first hop, and so on
 * @param tokens its label as an answer that names it would be written, without the end-of-sequence
 *     token; at least one
 * @param supervised false where training must not see it, see {@link BridgeMask}
 */
public record Bridge(int hop, List<Integer> tokens, boolean supervised) {
  /** Copies the list. */
  public Bridge {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("bridge " + hop + " has no tokens");
    }
  }

  /**
   * A bridge whose label is one token.
   *
   * @param hop 1 for the entity after the first hop
   * @param token its label
   * @param supervised false where training must not see it
   */
  public Bridge(int hop, int token, boolean supervised) {
    this(hop, List.of(token), supervised);
  }

  /** The first token of its label. */
  public int token() {
    return tokens.get(0);
  }
}
