package ai.kale.examples.world;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.examples.dataset.ChainQuestions;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.rationale.TemplateVerbalizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped model was trained to read "The relation of subject is object.": every path of the
 * shipped graph is still said like this, triple by triple.
 */
class WorldSentencesTest {
  @Test
  void everyPathIsSaidAsTheShippedModelLearntToRead(@TempDir Path folder) {
    TemplateVerbalizer template = TemplateVerbalizer.defaults().withConclusion("");
    int paths = 0;
    try (KnowledgeGraph graph =
        KnowledgeGraphs.read(World.copy("world.nt", folder.resolve("world.nt")))) {
      List<GroundedQuestion> grounded =
          Kale.with(graph)
              .linker(new LabelLinker())
              .extractor(new ExactPathExtractor())
              .limits(query -> query.withMaxHops(3).withMaxPaths(16))
              .ground(new ChainQuestions(GraphFacts.all(graph), 40, 3, 0.5).make(List.of(1, 2, 3)))
              .questions();
      for (GroundedQuestion question : grounded) {
        for (KnowledgePath path : question.paths()) {
          assertThat(template.verbalize(List.of(path), "")).isEqualTo(plain(path));
          paths++;
        }
      }
    }
    assertThat(paths).isGreaterThan(10_000);
  }

  private static String plain(KnowledgePath path) {
    return path.triples().stream()
        .map(
            triple ->
                "The "
                    + triple.relation().label()
                    + " of "
                    + triple.subject().label()
                    + " is "
                    + triple.object().label()
                    + ".")
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
