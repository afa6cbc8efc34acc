package ai.kale.train.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.train.djl.HuggingFaceTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is written in Java and read by the tokenizers library; both must agree. */
class WordLevelTokenizerFileTest {
  private static final List<String> LABELS =
      List.of(
          "Guinea-Bissau",
          "Guinea",
          "Niger",
          "Nigeria",
          "São Tomé and Príncipe",
          "Mary I of England",
          "Mary I",
          "England",
          "O'Connor",
          "Côte d'Ivoire",
          "U.S.",
          "(4) Vesta",
          "日本",
          "\"Heroes\"",
          "{question}",
          "A\\B");
  private static final List<String> TEXTS =
      List.of(
          "Where was Mary I of England born?",
          "the queen's birthplace, in Guinea-Bissau (not Guinea)...",
          "snake_case and 3.14% of naïve café-goers",
          "Is Niger in Nigeria? Nigerian \"wins\"!");

  private static WordLevelTokenizerFile file() {
    return WordLevelTokenizerFile.of(TEXTS, LABELS);
  }

  @Test
  void everyLabelIsOneTokenAndDecodesToItself(@TempDir Path folder) {
    file().write(folder);
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      for (String label : LABELS) {
        int[] ids = tokenizer.encode(label);
        assertThat(ids).as(label).hasSize(1);
        assertThat(tokenizer.decode(ids)).isEqualTo(label);
        assertThat(tokenizer.idOf(label)).hasValue(ids[0]);
        assertThat(tokenizer.encode(" " + label)).as("after a space").isEqualTo(ids);
      }
      assertThat(tokenizer.vocabularySize()).isEqualTo(file().tokens().size());
      assertThat(tokenizer.padId()).isZero();
      assertThat(tokenizer.eosId()).isEqualTo(1);
      assertThat(tokenizer.decode(new int[] {0, 3, 1})).isEqualTo(tokenizer.decode(new int[] {3}));
      assertThat(tokenizer.encode("")).isEmpty();
      assertThat(tokenizer.decode(new int[0])).isEmpty();
    }
  }

  @Test
  void javaAndTheLibrarySplitAlike(@TempDir Path folder) {
    WordLevelTokenizerFile file = file();
    file.write(folder);
    Random random = new Random(5);
    List<String> parts = new ArrayList<>(LABELS);
    TEXTS.forEach(t -> parts.addAll(Arrays.asList(t.split(" "))));
    parts.addAll(List.of("xyz", "Nigerx", "xNiger", "Guinea-Bissaus", "№", "é", "_", "𝒳", "$5"));
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      for (int i = 0; i < 500; i++) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n >= 0; n--) {
          text.append(parts.get(random.nextInt(parts.size())));
          text.append(List.of(" ", "", ", ", "-").get(random.nextInt(4)));
        }
        assertThat(tokenizer.unknownWords(text.toString()))
            .as(text.toString())
            .isEqualTo(file.unknownWords(text.toString()));
      }
      for (String text : TEXTS) {
        assertThat(tokenizer.unknownWords(text)).isEmpty();
      }
      assertThat(tokenizer.unknownWords("the 𝒳 queen 𝒳 Zanzibar"))
          .containsExactly("𝒳", "Zanzibar");
    }
  }

  @Test
  void orderOfInputDoesNotMatter(@TempDir Path folder) throws Exception {
    file().write(folder.resolve("a"));
    List<String> texts = new ArrayList<>(TEXTS);
    List<String> labels = new ArrayList<>(LABELS);
    Collections.reverse(texts);
    Collections.reverse(labels);
    labels.add(LABELS.get(0));
    WordLevelTokenizerFile.of(texts, labels).write(folder.resolve("b"));
    for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
      assertThat(Files.readAllBytes(folder.resolve("b").resolve(name)))
          .isEqualTo(Files.readAllBytes(folder.resolve("a").resolve(name)));
    }
  }

  @Test
  void longTextsAreNeitherCutNorPadded(@TempDir Path folder) {
    file().write(folder);
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.encode("queen ".repeat(3000))).hasSize(3000);
      assertThat(tokenizer.encode("queen")).hasSize(1);
    }
  }

  @Test
  void theFilesOwnTruncationPaddingAndPostProcessorAreNotApplied(@TempDir Path folder)
      throws Exception {
    file().write(folder);
    Path json = folder.resolve("tokenizer.json");
    String with =
        Files.readString(json)
            .replace(
                "\"truncation\" : null",
                "\"truncation\" : {\"direction\":\"Right\",\"max_length\":4,"
                    + "\"strategy\":\"LongestFirst\",\"stride\":0}")
            .replace(
                "\"padding\" : null",
                "\"padding\" : {\"strategy\":{\"Fixed\":8},\"direction\":\"Right\",\"pad_id\":0,"
                    + "\"pad_type_id\":0,\"pad_token\":\"<pad>\",\"pad_to_multiple_of\":null}")
            .replace(
                "\"post_processor\" : null",
                "\"post_processor\" : {\"type\":\"BertProcessing\",\"sep\":[\"<eos>\",1],"
                    + "\"cls\":[\"<pad>\",0]}");
    assertThat(with).contains("max_length", "Fixed", "BertProcessing");
    Files.writeString(json, with);
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
      assertThat(tokenizer.encode("queen queen")).hasSize(2);
      assertThat(tokenizer.encode("queen ".repeat(20))).hasSize(20);
    }
  }

  @Test
  void damagedOrIncompleteFoldersAreRefused(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> HuggingFaceTokenizer.load(folder)).isInstanceOf(SetupException.class);
    file().write(folder);
    Files.delete(folder.resolve("tokenizer_config.json"));
    assertThatThrownBy(() -> HuggingFaceTokenizer.load(folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("eos_token");
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": [1, 2]}");
    HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder);
    assertThat(tokenizer.eosId()).isEqualTo(1);
    assertThat(tokenizer.padId()).isEqualTo(1);
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("queen")).isInstanceOf(IllegalStateException.class);
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {\"a\": 0}}}");
    assertThatThrownBy(() -> HuggingFaceTokenizer.load(folder))
        .isInstanceOf(CorruptFileException.class);
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model");
    assertThatThrownBy(() -> HuggingFaceTokenizer.load(folder))
        .isInstanceOf(CorruptFileException.class);
  }

  @Test
  void labelsThatCannotBeTokensAreRefused() {
    for (String bad : List.of("", "  ", " Niger", "Niger ", "<eos>")) {
      assertThatThrownBy(() -> WordLevelTokenizerFile.of(List.of(), List.of(bad)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("\"" + bad + "\"");
    }
  }
}
