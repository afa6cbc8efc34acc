package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens begin and end texts, as the files beside the vocabulary say. */
class TokenizerStartTest {
  private static final String ADDED =
      "{\"id\":%d,\"content\":\"%s\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
          + "\"normalized\":false,\"special\":true}";
  private static final String PROCESSOR =
      "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<b>\",\"type_id\":0}},"
          + "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":{\"<b>\":"
          + "{\"id\":\"<b>\",\"ids\":[0],\"tokens\":[\"<b>\"]}}}";

  private static Path folder(Path folder, String processor, String config) throws IOException {
    String added = ADDED.formatted(0, "<b>") + "," + ADDED.formatted(1, "<e>");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"version\":\"1.0\",\"added_tokens\":["
            + added
            + "],\"pre_tokenizer\":{\"type\":\"Whitespace\"},\"post_processor\":"
            + processor
            + ",\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<b>\":0,\"<e>\":1,\"<unk>\":2,"
            + "\"hi\":3,\"turn\":4},\"unk_token\":\"<unk>\"}}");
    Files.writeString(folder.resolve("tokenizer_config.json"), config);
    return folder;
  }

  @Test
  void thePostProcessorSaysWhetherTextsBeginWithAToken(@TempDir Path folder) throws IOException {
    folder(folder, PROCESSOR, "{\"eos_token\":\"<e>\",\"bos_token\":{\"content\":\"<b>\"}}");
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.bosId()).hasValue(0);
      assertThat(tokenizer.encode("hi")).containsExactly(3);
      assertThat(tokenizer.encodeStart("hi")).containsExactly(0, 3);
      assertThat(tokenizer.encodeStart("<b>hi")).containsExactly(0, 3);
      assertThat(tokenizer.encodeWithSpecialTokens("hi")).containsExactly(0, 3);
      assertThat(tokenizer.decodeWithSpecialTokens(new int[] {0, 3})).isEqualTo("<b> hi");
    }
  }

  @Test
  void withoutOneItIsTheConfiguration(@TempDir Path folder) throws IOException {
    String tokens = "\"eos_token\":\"<e>\",\"bos_token\":\"<b>\"";
    folder(folder, "null", "{" + tokens + "}");
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.bosId()).isEmpty();
      assertThat(tokenizer.encodeStart("hi")).containsExactly(3);
      assertThat(tokenizer.stopIds()).containsExactly(1);
    }
    folder(folder, "null", "{" + tokens + ",\"add_bos_token\":true}");
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\":[4,1]}");
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.bosId()).hasValue(0);
      assertThat(tokenizer.stopIds()).containsExactly(1, 4);
    }
  }

  @Test
  void anEndTokenBeyondTheVocabularyIsRefused(@TempDir Path folder) throws IOException {
    folder(folder, "null", "{}");
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\":5}");
    assertThatThrownBy(() -> HuggingFaceTokenizer.load(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("only 5");
  }
}
