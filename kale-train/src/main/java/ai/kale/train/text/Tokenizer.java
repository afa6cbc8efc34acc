package ai.kale.train.text;

import java.util.List;
import java.util.OptionalInt;

/**
 * Text to token ids and back. Safe for use by several threads.
 *
 * <p>No method cuts or pads, and only {@link #encodeStart} adds a special token.
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

  /**
   * The token in front of every text, where the tokenizer's own post-processor puts one there:
   * models such as Llama were never trained without it. {@link #encode} does not add it.
   *
   * @return its id; empty where texts begin without
   */
  default OptionalInt bosId() {
    return OptionalInt.empty();
  }

  /**
   * All tokens at which the model stops to write; {@link #eosId()} is one of them.
   *
   * @return ids, each once
   */
  default List<Integer> stopIds() {
    return List.of(eosId());
  }

  /**
   * Token ids of a text that begins a sequence: as {@link #encode}, with {@link #bosId()} in front
   * unless the text itself begins with it.
   *
   * @param text any text
   * @return ids in order
   */
  default int[] encodeStart(String text) {
    int[] ids = encode(text);
    OptionalInt bos = bosId();
    if (bos.isEmpty() || (ids.length > 0 && ids[0] == bos.getAsInt())) {
      return ids;
    }
    int[] all = new int[ids.length + 1];
    all[0] = bos.getAsInt();
    System.arraycopy(ids, 0, all, 1, ids.length);
    return all;
  }

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
