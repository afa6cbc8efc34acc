package ai.kale.rationale;

import static ai.kale.tck.Samples.entity;
import static ai.kale.tck.Samples.hop;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.Question;
import ai.kale.data.Synthesis;
import ai.kale.data.Synthesis.Outcome;
import ai.kale.tck.Samples;
import ai.kale.testing.ScriptedTeacher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplateSynthesizerTest {
  private final TemplateSynthesizer template = new TemplateSynthesizer();

  @Test
  void pathsToTheFirstAnswerComeFirst() {
    Synthesis synthesis = template.synthesize(children(List.of("Eve", "Irene"), "Irene", "Eve"));
    assertThat(synthesis.result().orElseThrow().rationale().text())
        .isEqualTo("The children of Marie Curie are Eve and Irene. So the answer is Eve.");
  }

  @Test
  void pathsThatAllLeadToAnotherAnswerAreNotKept() {
    GroundedQuestion elsewhere = children(List.of("Eve", "Irene"), "Irene");
    Synthesis dropped = template.synthesize(elsewhere);
    assertThat(dropped.outcome()).isEqualTo(Outcome.DROPPED);
    assertThat(dropped.problems()).singleElement().asString().startsWith("misses-answer: no path");
    Synthesis asked =
        TeacherSynthesizer.builder(ScriptedTeacher.saying("no idea at all"))
            .build()
            .synthesize(elsewhere);
    assertThat(asked.outcome()).isEqualTo(Outcome.DROPPED);
    assertThat(asked.problems()).hasSize(3);
  }

  @Test
  void theLabelOfTheOnlyAnswersEntityWillDo() {
    assertThat(template.synthesize(children(List.of("I. Joliot-Curie"), "Irene")).outcome())
        .isEqualTo(Outcome.KEPT);
  }

  @Test
  void aBlankFirstAnswerIsNone() {
    Synthesis dropped = template.synthesize(children(List.of(" ", "Irene"), "Irene"));
    assertThat(dropped.problems()).singleElement().asString().startsWith("no-answer:");
  }

  private static GroundedQuestion children(List<String> answers, String... targets) {
    return Samples.grounded(
        Question.of("c", "Who is a child of Marie Curie?", answers),
        Stream.of(targets)
            .map(target -> new KnowledgePath(entity("Marie Curie"), List.of(hop("child", target))))
            .toList());
  }
}
