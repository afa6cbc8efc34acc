package ai.kale.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.TripleRef;
import ai.kale.run.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The snippet of {@code docs/evaluation.md}, run, and compared with the page word for word. */
class EvaluationDocTest {
  private static final Map<String, String> FACTS =
      Map.of("Ann lives in?", "Paris", "Paris part of?", "France", "Bob works in?", "Paris");

  private final AnswerModel base = FakeModel.answering(FACTS);
  private final List<Question> questions =
      List.of(
          Question.of("q1", "In which country does Ann live?", List.of("France")),
          Question.of("q2", "In which country does Bob work?", List.of("France")));

  private static AnswerModel train(String method, long seed) {
    return FakeModel.answering(
        method.equals("sft")
            ? Map.of("In which country does Ann live?", "France")
            : Map.of(
                "In which country does Bob work?", "France",
                "In which country does Ann live?", seed == 2 ? "Peru" : "France",
                "Ann lives in?", "Paris"));
  }

  private static List<EntityRef> objectsInGraph(TripleRef triple) {
    return Facts.objects(triple);
  }

  @Test
  void comparesTwoMethods() {
    Map<String, KnowledgePath> paths = Facts.PATHS;
    // snippet
    EvaluationSettings settings = EvaluationSettings.defaults();
    RunContext context = RunContext.silent();

    // What the base model knows: measured once, used for every method.
    ProbePhrasing ask =
        t ->
            new ProbePhrasing.Phrase(
                t.subject().label() + " " + t.relation().label() + "?", t.object().label());
    FactProbes probes = FactProbes.of(paths, List.of(ask), EvaluationDocTest::objectsInGraph);
    Retention.State before = Retention.measure(base, probes, settings, context);

    List<EvaluationResult> sft = new ArrayList<>();
    List<EvaluationResult> kale = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      sft.add(
          new Evaluator(train("sft", seed), Question::text, settings)
              .evaluate("sft", seed, questions, context));
      AnswerModel model = train("kale", seed);
      EvaluationResult result =
          new Evaluator(model, Question::text, settings).evaluate("kale", seed, questions, context);
      Retention.State after = Retention.measure(model, probes, settings, context);
      KnownIncorrect known =
          KnownIncorrect.of(
              result, probes, before.facts(), after.facts(), KnownFacts.Rule.EVERY_PHRASING);
      kale.add(
          result
              .with("known_incorrect", known.fixedAtBase().rate().orElseThrow())
              .with("recall_change", new Retention(before, after).recallChange()));
    }

    PairedComparison comparison = PairedComparison.ofAccuracy(kale, sft);
    MeanInterval difference = comparison.interval(); // mean, sd, low, high
    // end
    assertThat(difference.mean()).isEqualTo(1.0 / 3);
    assertThat(comparison.verdict()).isEqualTo(PairedComparison.Verdict.TIE);
    assertThat(kale.get(0).metric("known_incorrect")).isZero();
    assertThat(kale.get(1).metric("known_incorrect")).isEqualTo(0.5);
    assertThat(kale.get(0).metric("recall_change")).isNegative();
  }

  @Test
  void thePageHasThisSnippet() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/ai/kale/eval/EvaluationDocTest.java"))
            .replace("\r", "");
    int from = source.indexOf("    // snippet\n") + "    // snippet\n".length();
    String snippet =
        source.substring(from, source.indexOf("    // end\n")).replaceAll("(?m)^ {4}", "");
    assertThat(Files.readString(Path.of("../docs/evaluation.md")).replace("\r", ""))
        .contains("```java\n" + snippet + "```\n");
  }
}
