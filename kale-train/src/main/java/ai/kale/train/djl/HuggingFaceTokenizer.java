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
 * <p>The file's own truncation, padding and post-processor are not applied. The end-of-sequence and
 * padding tokens are read from {@code tokenizer_config.json}, {@code special_tokens_map.json} or
 * {@code config.json} beside it, in that order.
 */
public final class HuggingFaceTokenizer implements Tokenizer {
  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer delegate;
  private final VocabularyFile vocabulary;
  private final int eosId;
  private final int padId;
  private final String fingerprint;

  private HuggingFaceTokenizer(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer delegate,
      VocabularyFile vocabulary,
      int eosId,
      int padId,
      String fingerprint) {
    this.delegate = delegate;
    this.vocabulary = vocabulary;
    this.eosId = eosId;
    this.padId = padId;
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
    VocabularyFile vocabulary = VocabularyFile.of(Json.read(file), file.toString());
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
      return new HuggingFaceTokenizer(open(file), vocabulary, eos.getAsInt(), pad, hash);
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
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
    long[] ids = encoding(text).getIds();
    int[] result = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = Math.toIntExact(ids[i]);
    }
    return result;
  }

  private Encoding encoding(String text) {
    if (delegate.isReleased()) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    return delegate.encode(text, false, false);
  }

  @Override
  public String decode(int[] ids) {
    if (delegate.isReleased()) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    long[] longs = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      longs[i] = ids[i];
    }
    return ids.length == 0 ? "" : delegate.decode(longs, true);
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
    Encoding encoding = encoding(text);
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
