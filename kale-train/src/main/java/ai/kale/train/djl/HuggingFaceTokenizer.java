package ai.kale.train.djl;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.train.io.Json;
import ai.kale.train.io.Sha256;
import ai.kale.train.text.Tokenizer;
import ai.kale.train.text.VocabularyFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Any Hugging Face {@code tokenizer.json}, run by the tokenizers library through DJL. Safe for use
 * by several threads; close it once none uses it. Nothing is downloaded: the native library comes
 * with the jar.
 *
 * <p>The file's own truncation and padding are not applied, and its post-processor only by {@link
 * #encodeWithSpecialTokens}. The end-of-sequence and padding tokens are read from {@code
 * tokenizer_config.json}, {@code special_tokens_map.json} or {@code config.json} beside it, in that
 * order. {@link #bosId} is the token that the post-processor puts in front of a text, or the {@code
 * bos_token} where {@code add_bos_token} is true. {@link #stopIds} adds the {@code eos_token_id} of
 * {@code generation_config.json}, a number or a list.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer delegate;
  private final VocabularyFile vocabulary;
  private final int eosId;
  private final int padId;
  private final OptionalInt bosId;
  private final List<Integer> stopIds;
  private final String fingerprint;

  private HuggingFaceTokenizer(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer delegate,
      VocabularyFile vocabulary,
      int eosId,
      int padId,
      OptionalInt bosId,
      List<Integer> stopIds,
      String fingerprint) {
    this.delegate = delegate;
    this.vocabulary = vocabulary;
    this.eosId = eosId;
    this.padId = padId;
    this.bosId = bosId;
    this.stopIds = stopIds;
    this.fingerprint = fingerprint;
  }

  /**
   * Loads a tokenizer.
   *
   * @param folder a checkpoint folder that holds {@code tokenizer.json}
   * @return the tokenizer; close it
   * @throws SetupException if the file is missing, the end-of-sequence token is not named, or the
   *     native library cannot be loaded
   * @throws CorruptFileException if a file is damaged
   */
  public static HuggingFaceTokenizer load(Path folder) {
    Path file = folder.resolve("tokenizer.json");
    JsonNode root = Json.read(file);
    VocabularyFile vocabulary = VocabularyFile.of(root, file.toString());
    TokenizerFileCheck.check(root, file.toString());
    OptionalInt eos = vocabulary.special(folder, "eos_token", "eos_token_id");
    if (eos.isEmpty()) {
      throw new SetupException(
          folder
              + " does not say which token ends an answer; name it as \"eos_token\" in"
              + " tokenizer_config.json");
    }
    int pad = vocabulary.special(folder, "pad_token", "pad_token_id").orElse(eos.getAsInt());
    try {
      String hash = Sha256.of(Files.readAllBytes(file));
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer opened = open(file);
      int end = eos.getAsInt();
      if (Math.max(end, pad) >= vocabulary.size()) {
        opened.close();
        throw new SetupException(
            folder
                + " names the tokens "
                + end
                + " and "
                + pad
                + " for the end and for padding, but the tokenizer has only "
                + vocabulary.size()
                + "; name others in tokenizer_config.json");
      }
      OptionalInt bos = bos(opened, vocabulary, folder, end);
      List<Integer> stops = vocabulary.stopIds(folder, end);
      return new HuggingFaceTokenizer(opened, vocabulary, end, pad, bos, stops, hash);
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
  }

  private static OptionalInt bos(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer opened,
      VocabularyFile vocabulary,
      Path folder,
      int eos) {
    OptionalInt named = vocabulary.special(folder, "bos_token", "bos_token_id");
    long[] added = encode(opened, vocabulary, "", true).getIds();
    if (added.length > 0 && (named.isPresent() ? added[0] == named.getAsInt() : added[0] != eos)) {
      return OptionalInt.of(Math.toIntExact(added[0]));
    }
    return VocabularyFile.addsBos(folder) ? named : OptionalInt.empty();
  }

  private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer open(Path file)
      throws IOException {
    // Without a flavor DJL looks for a GPU build on the network; without the opt-out it calls home.
    setUnlessSet("RUST_FLAVOR", "cpu");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    try {
      return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.builder()
          .optTokenizerPath(file)
          .optAddSpecialTokens(false)
          .optTruncation(false)
          .optPadding(false)
          .build();
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new SetupException(
          "the tokenizers library cannot be loaded here: "
              + e.getMessage()
              + "; it comes with ai.djl.huggingface:tokenizers for the usual platforms, or set"
              + " RUST_LIBRARY_PATH",
          e);
    } catch (RuntimeException e) {
      throw new CorruptFileException(
          file + " is not a tokenizer: " + e.getMessage() + "; restore the file", e);
    }
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  @Override
  public int[] encode(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    return toInts(encoding(text, false).getIds());
  }

  /**
   * Token ids of a text with all that the file's post-processor adds, as {@code tokenizer(text)}
   * does in Python.
   *
   * @param text any text
   * @return ids in order
   */
  public int[] encodeWithSpecialTokens(String text) {
    return toInts(encoding(text, true).getIds());
  }

  private static Encoding encode(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer opened,
      VocabularyFile vocabulary,
      String text,
      boolean withSpecials) {
    try {
      Encoding encoding = opened.encode(text, withSpecials, false);
      for (long id : encoding.getIds()) {
        if (id < 0 || id >= vocabulary.size()) {
          throw new CorruptFileException(
              "the tokenizer writes the token id "
                  + id
                  + ", which its vocabulary does not have; restore tokenizer.json");
        }
      }
      return encoding;
    } catch (CorruptFileException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CorruptFileException(
          "the tokenizer cannot encode a text: " + e.getMessage() + "; restore tokenizer.json", e);
    }
  }

  private static int[] toInts(long[] ids) {
    int[] result = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = Math.toIntExact(ids[i]);
    }
    return result;
  }

  private Encoding encoding(String text, boolean withSpecialTokens) {
    if (delegate.isReleased()) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    return encode(delegate, vocabulary, text, withSpecialTokens);
  }

  @Override
  public String decode(int[] ids) {
    return decode(ids, true);
  }

  /**
   * The text of token ids, control tokens spelled out.
   *
   * @param ids token ids
   * @return the text
   */
  public String decodeWithSpecialTokens(int[] ids) {
    return decode(ids, false);
  }

  private String decode(int[] ids, boolean skipSpecialTokens) {
    if (delegate.isReleased()) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    long[] longs = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      longs[i] = ids[i];
    }
    if (ids.length == 0) {
      return "";
    }
    try {
      return delegate.decode(longs, skipSpecialTokens);
    } catch (RuntimeException e) {
      throw new CorruptFileException(
          "the tokenizer cannot decode tokens: " + e.getMessage() + "; restore tokenizer.json", e);
    }
  }

  @Override
  public OptionalInt idOf(String token) {
    return vocabulary.idOf(token);
  }

  @Override
  public List<String> unknownWords(String text) {
    OptionalInt unknown = vocabulary.unknownId();
    if (unknown.isEmpty() || text.isEmpty()) {
      return List.of();
    }
    Encoding encoding = encoding(text, false);
    long[] ids = encoding.getIds();
    CharSpan[] spans = encoding.getCharTokenSpans();
    Set<String> words = new LinkedHashSet<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == unknown.getAsInt() && spans[i] != null) {
        // Offsets count code points, not chars.
        int start = text.offsetByCodePoints(0, spans[i].getStart());
        words.add(text.substring(start, text.offsetByCodePoints(0, spans[i].getEnd())));
      }
    }
    return List.copyOf(words);
  }

  @Override
  public List<String> specialTokens() {
    return vocabulary.specialTokens();
  }

  @Override
  public int eosId() {
    return eosId;
  }

  @Override
  public int padId() {
    return padId;
  }

  @Override
  public OptionalInt bosId() {
    return bosId;
  }

  @Override
  public List<Integer> stopIds() {
    return stopIds;
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public void close() {
    delegate.close();
  }
}
