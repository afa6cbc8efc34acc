package ai.kale.examples;

import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.TunedModel;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.link.LabelLinker;
import ai.kale.kg.path.ExactPathExtractor;
import ai.kale.rationale.TemplateSynthesizer;
import ai.kale.rationale.TemplateVerbalizer;
import ai.kale.train.KaleTrainer;
import ai.kale.train.Schedule;
import ai.kale.train.objective.Objectives;
import java.nio.file.Path;
import java.util.List;

/** The example of the README: a graph, questions and a checkpoint become a fine-tuned model. */
public final class ReadmeExample {
  private ReadmeExample() {}

  /**
   * Runs the example.
   *
   * @param args a folder that holds {@code facts.nt}, {@code questions.jsonl} and the checkpoint
   *     {@code base}; a question to ask
   */
  public static void main(String[] args) {
    run(Path.of(args[0]), args[1]).forEach(System.out::println);
  }

  // README: begin
  static List<String> run(Path dir, String question) {
    KaleTrainer trainer =
        KaleTrainer.builder()
            .checkpoint(dir.resolve("base")) // config.json, model.safetensors, tokenizer.json
            .objective(Objectives.kaleWithBridgeLens())
            // Steps, learning rate (for a million weights; take far less for more), seed:
            .schedule(Schedule.of(200, 2e-3, 1))
            .build();
    try (KnowledgeGraph graph = KnowledgeGraphs.read(dir.resolve("facts.nt"));
        TunedModel model =
            Kale.with(graph)
                .linker(new LabelLinker())
                .extractor(new ExactPathExtractor())
                .limits(query -> query.withMaxHops(3).withMaxPaths(4))
                .ground(dir.resolve("questions.jsonl"))
                .writeTo(dir.resolve("grounded.jsonl")) // every stage can stop and resume here
                .synthesize(
                    new TemplateSynthesizer(TemplateVerbalizer.defaults().withConclusion("")))
                .writeTo(dir.resolve("rationales.jsonl"))
                .train(trainer)) {
      model.save(dir.resolve("tuned"));
      return model.answer(List.of("Question: " + question + " Answer:"));
    }
  }
  // README: end
}
