package ai.kale.train.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.train.djl.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged tokenizers are refused before the native library sees what would make it end the process.
 */
class DamagedTokenizersTest {
  private final Path folder;
  private final Path file;

  DamagedTokenizersTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("tokenizer.json");
  }

  @BeforeEach
  void configuration() throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\":\"<eos>\"}");
  }

  private int[] ids(String text) {
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      int[] ids = tokenizer.encodeWithSpecialTokens(text);
      tokenizer.decode(ids);
      tokenizer.unknownWords(text);
      return ids;
    }
  }

  private static String sample(String kind) {
    return switch (kind) {
      case "byteLevel" -> TokenizerSamples.byteLevel();
      case "byteFallback" -> TokenizerSamples.byteFallback();
      case "unigram" -> TokenizerSamples.unigram();
      default -> TokenizerSamples.prefixed();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"byteLevel", "byteFallback", "unigram", "prefixed"})
  void areReadOrRefused(String kind) throws IOException {
    Files.writeString(file, sample(kind));
    int refused = Damaged.refused(file, Mutation::json, () -> ids("Q: try \u00e9, country?"));
    assertThat(refused).isBetween(Damaged.CASES / 6, Damaged.CASES - 1);
  }

  @Test
  void tablesOfCharactersAreReadOrRefused() throws IOException {
    Files.writeString(file, TokenizerSamples.unigram());
    byte[] table = Base64.getDecoder().decode(TokenizerSamples.upperToLower());
    int refused =
        Damaged.refused(
            file,
            (mutation, good) -> TokenizerSamples.withTable(good, mutation.bytes(table)),
            () -> ids("Q Qu try \u00e9"));
    assertThat(refused).isBetween(1, Damaged.CASES - 1);
  }

  @Test
  void soundOnesWork() throws IOException {
    Files.writeString(file, TokenizerSamples.byteLevel());
    assertThat(ids("ntry try")).containsExactly(1, 9, 6, 3, 8);
    Files.writeString(file, TokenizerSamples.byteFallback());
    assertThat(ids("Q try")).containsExactly(1, 3, 2, 3, 8);
    Files.writeString(file, TokenizerSamples.unigram());
    assertThat(ids("Q")).containsExactly(1, 5);
    Files.writeString(file, TokenizerSamples.prefixed());
    assertThat(ids("Try")).containsExactly(1, 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cleanup\": true#\"cleanup\": \"\\ud800\"",
        "\"cleanup\": true#\"cleanup\": 1e999",
        "\"ids\": [1]#\"\\udc00\": 1, \"ids\": [1]",
        "\"special_tokens\": {\"<eos>\"#\"special_tokens\": {\"<bos>\"",
        "\"single\": [#\"single\": [{\"Sequence\": {\"id\": \"B\", \"type_id\": 0}},",
        "[\"tr\", \"##y\"]#[\"tr\", \"\u00e9\"]",
        "{\"type\": \"BertPreTokenizer\"}#{\"type\": \"Precompiled\"}",
        "\"normalizer\": {#\"normalizer\": {\"precompiled_charsmap\": \"AAA=\",",
      })
  void damageThatEndsTheProcessIsNamed(String change) throws IOException {
    String[] parts = change.split("(?<!#)#(?=[\"\\[{])", 2);
    String good = TokenizerSamples.prefixed();
    assertThat(good).contains(parts[0]);
    Files.writeString(file, good.replace(parts[0], parts[1]));
    assertThatThrownBy(() -> ids("try"))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    String deep = "[".repeat(120) + "]".repeat(120);
    Files.writeString(
        file, TokenizerSamples.prefixed().replace("\"cleanup\": true", "\"cleanup\": " + deep));
    assertThatThrownBy(() -> ids("try"))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void whatTheLibraryCannotRunIsRefused() throws IOException {
    Files.writeString(file, TokenizerSamples.byteFallback().replace("\"stop\": 0", "\"stop\": 1"));
    assertThatThrownBy(() -> ids("try")).isInstanceOf(UnsupportedCapabilityException.class);
    String processor = TokenizerSamples.byteLevel();
    int from = processor.indexOf("{\"type\": \"TemplateProcessing\"");
    String template = processor.substring(from, processor.indexOf("]},\n\"decoder\""));
    Files.writeString(file, processor.replace(template, template + "," + template));
    assertThatThrownBy(() -> ids("try"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("several templates");
  }

  @Test
  void idsOfTheVocabularyMayHaveGapsButAddedTokensFollowIt() throws IOException {
    String sample = TokenizerSamples.byteLevel();
    Files.writeString(file, sample.replace("\"ntry\": 9", "\"ntry\": 39"));
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.encode("ntry")).containsExactly(39);
      assertThat(tokenizer.decode(new int[] {20, 8})).isEqualTo("ry");
      assertThat(tokenizer.vocabularySize()).isEqualTo(40);
    }
    Files.write(file, TokenizerSamples.withToken(sample, 10, "<next>"));
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.idOf("<next>")).hasValue(10);
      assertThat(tokenizer.encode("try<next>")).containsExactly(3, 8, 10);
    }
    Files.write(file, TokenizerSamples.withToken(sample, 40, "<far>"));
    assertThatThrownBy(() -> ids("try"))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("<far> has the id 40")
        .hasMessageContaining("gives it 10");
  }
}
