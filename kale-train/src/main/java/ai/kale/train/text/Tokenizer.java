package ai.kale.train.text;

import java.util.List;
import java.util.OptionalInt;

/**
 * Text to token ids and back. Safe for use by several threads.
 *
 * <p>No method adds special tokens, cuts, or pads; a trainer places them itself.
 */
public interface Tokenizer extends AutoCloseable {
  /**
   * Token ids of a text. O(length) for the usual models.
   *
   * @param text any text; an empty one has no tokens
   * @return ids in {@code [0, vocabularySize())}, in order
   */
  int[] encode(String text);

  /**
   * The text of token ids, without special tokens.
   *
   * @param ids token ids
   * @return the text
   */
  String decode(int[] ids);

  /**
   * The id of one token as the vocabulary spells it.
   *
   * @param token for example {@code "<eos>"}
   * @return its id, empty if there is no such token
   */
  OptionalInt idOf(String token);

  /**
   * The parts of a text that the vocabulary cannot express and {@link #encode} turns into its
   * unknown token. Training data must have none.
   *
   * @param text any text
   * @return each such part once, in order of appearance; empty for vocabularies that cover all text
   */
  List<String> unknownWords(String text);

  /**
   * Spellings that {@link #encode} turns into a control token wherever they stand. Text from
   * outside must hold none.
   */
  List<String> specialTokens();

  /** The token that ends an answer. */
  int eosId();

  /** The token that fills a batch; {@link #eosId()} where the vocabulary has none. */
  int padId();

  /** Number of token ids, added tokens included: the largest id plus one. */
  int vocabularySize();

  /** SHA-256 of the {@code tokenizer.json}, in lower-case hexadecimal. */
  String fingerprint();

  /** Frees native memory, if there is any. */
  @Override
  default void close() {}
}
