package ai.kale.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.examples.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example stands in the README word for word, and runs. */
class ReadmeExampleTest {
  @Test
  void theReadmeShowsTheExample() throws IOException {
    String source = Files.readString(Path.of("src/main/java/ai/kale/examples/ReadmeExample.java"));
    String shown =
        source
                .substring(
                    source.indexOf("// README: begin\n") + "// README: begin\n".length(),
                    source.indexOf("  // README: end"))
                .stripTrailing()
                .stripIndent()
            + "\n";
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "```");
    assertThat(shown.lines()).hasSizeLessThanOrEqualTo(26);
  }

  @Test
  void theExampleRuns(@TempDir Path dir) throws IOException {
    World.copy("world.nt", dir.resolve("facts.nt"));
    for (String file :
        List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      World.copy("base/" + file, dir.resolve("base").resolve(file));
    }
    Files.writeString(
        dir.resolve("questions.jsonl"),
        """
        {"question": "What is the country of the birthplace of Marie Curie?", "answer": "Poland"}
        {"question": "What is the continent of the country of Lyon?", "answer": "Europe"}
        """);

    List<String> answers =
        ReadmeExample.run(dir, "What is the country of the birthplace of Marie Curie?");

    assertThat(answers).containsExactly("Poland");
    assertThat(dir.resolve("tuned/model.safetensors")).isNotEmptyFile();
    assertThat(dir.resolve("grounded.jsonl")).isNotEmptyFile();
    assertThat(dir.resolve("rationales.jsonl")).isNotEmptyFile();
  }
}
