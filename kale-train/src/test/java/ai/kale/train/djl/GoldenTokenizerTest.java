package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Token ids against numbers made elsewhere, for every folder with a {@code tokenizer_golden.json}.
 * The parent folder comes in the system property {@code kale.golden}; without it the test is
 * skipped.
 */
class GoldenTokenizerTest {
  @Test
  void idsAreTheReferenceIds() throws IOException {
    String golden = System.getProperty("kale.golden", "");
    Assumptions.assumeFalse(golden.isEmpty(), "no folder with golden numbers");
    List<Path> folders;
    try (Stream<Path> all = Files.list(Path.of(golden))) {
      folders = all.filter(f -> Files.exists(f.resolve("tokenizer_golden.json"))).toList();
    }
    assertThat(folders).isNotEmpty();
    for (Path folder : folders) {
      JsonNode root = Json.read(folder.resolve("tokenizer_golden.json"));
      try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(folder)) {
        assertThat(tokenizer.vocabularySize()).isEqualTo(root.get("vocab_size_with_added").asInt());
        for (JsonNode c : root.get("cases")) {
          JsonNode ids = c.get("ids");
          assertThat(tokenizer.encode(c.get("text").asText()))
              .as(folder.getFileName() + ": " + c.get("text"))
              .isEqualTo(IntStream.range(0, ids.size()).map(i -> ids.get(i).asInt()).toArray());
        }
      }
    }
  }
}
