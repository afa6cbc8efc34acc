package consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.error.SetupException;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.spi.Providers;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project that only adds the Maven dependencies can do, and what it is told. */
class UsesKaleTest {
  @TempDir Path dir;

  @Test
  void aGraphIsDiscoveredAndBecomesRationales() throws IOException {
    Path file = dir.resolve("facts.tsv");
    Files.writeString(file, "Marie Curie\tbirthplace\tWarsaw\nWarsaw\tcountry\tPoland\n");
    Question question =
        Question.of("q1", "In which country was Marie Curie born?", List.of("Poland"));
    try (KnowledgeGraph graph = Providers.openGraph(file.toUri())) {
      String rationale =
          Kale.with(graph)
              .linker(new LabelLinker())
              .extractor(new ExactPathExtractor())
              .ground(List.of(question))
              .synthesize(new TemplateSynthesizer())
              .questions()
              .get(0)
              .rationale()
              .text();
      assertThat(rationale)
          .startsWith("The birthplace of Marie Curie is Warsaw. The country of Warsaw is Poland.");
    }
  }

  @Test
  void withoutLibtorchTheErrorNamesTheArtifactsToAdd() {
    DecoderInitializer.create(dir, DecoderConfig.small(16, 8, 16, 1, 2, 32), 1);
    assertThatThrownBy(() -> Providers.tensorEngine().open(dir, EngineOptions.cpu()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("ai.djl.pytorch:pytorch-native-cpu")
        .hasMessageContaining("ai.djl.pytorch:pytorch-jni");
  }
}
