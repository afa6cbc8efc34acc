package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.rationale.RationaleCheck;
import ai.kale.rationale.RationaleChecks;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.TeacherModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every {@link RationaleSynthesizer} keeps. Extend it and say how to make one. */
public abstract class RationaleSynthesizerContract {
  /** A synthesizer that works here and now. */
  protected abstract RationaleSynthesizer synthesizer();

  /** Whether asking twice gives the same; not so for a sampling teacher. */
  protected boolean deterministic() {
    return true;
  }

  /** What every kept text must hold. */
  protected List<RationaleCheck> checks() {
    return RationaleChecks.forTemplates();
  }

  /** Questions with and without paths. */
  protected List<GroundedQuestion> questions() {
    List<GroundedQuestion> questions = new ArrayList<>();
    questions.add(Samples.curie());
    questions.add(Samples.pathless("p1"));
    for (int i = 0; i < 20; i++) {
      questions.add(Samples.numbered(i));
    }
    return questions;
  }

  @Test
  public void keptTextsHoldTheChecks() {
    int kept = 0;
    for (GroundedQuestion question : questions()) {
      Synthesis synthesis = synthesizer().synthesize(question);
      if (synthesis.result().isPresent()) {
        RationalizedQuestion row = synthesis.result().get();
        kept++;
        assertThat(row.grounded()).isEqualTo(question);
        assertThat(row.rationale().teacher()).isNotBlank();
        assertThat(row.provenance().stage()).isNotBlank();
        assertThat(RationaleChecks.firstProblem(checks(), question, row.rationale().text()))
            .as("problem of: %s", row.rationale().text())
            .isEmpty();
      }
    }
    assertThat(kept).as("questions kept").isPositive();
  }

  @Test
  public void dropsWithAReason() {
    GroundedQuestion curie = Samples.curie();
    GroundedQuestion unanswered =
        Samples.grounded(curie.question().withAnswers(List.of()), curie.paths());
    List<GroundedQuestion> questions = new ArrayList<>(questions());
    questions.add(unanswered);
    for (GroundedQuestion question : questions) {
      Synthesis synthesis = synthesizer().synthesize(question);
      if (synthesis.outcome() == Synthesis.Outcome.DROPPED) {
        assertThat(synthesis.problems()).as("why %s", question.question().id()).isNotEmpty();
      }
    }
    assertThat(synthesizer().synthesize(unanswered).outcome()).isEqualTo(Synthesis.Outcome.DROPPED);
  }

  @Test
  public void isDeterministicOnAnyNumberOfThreads() {
    Assumptions.assumeTrue(deterministic(), "the synthesizer samples");
    RationaleSynthesizer synthesizer = synthesizer();
    List<GroundedQuestion> questions = questions();
    List<Synthesis> first = questions.stream().map(synthesizer::synthesize).toList();
    assertThat(Parallel.map(questions, 4, "tck", RunContext.silent(), synthesizer::synthesize))
        .isEqualTo(first);
  }

  @Test
  public void givesTheSameWithoutWaiting() {
    Assumptions.assumeTrue(deterministic(), "the synthesizer samples");
    RationaleSynthesizer synthesizer = synthesizer();
    for (GroundedQuestion question : questions()) {
      assertThat(synthesizer.synthesizeAsync(question, ForkJoinPool.commonPool()))
          .as("question %s", question.question().id())
          .succeedsWithin(Duration.ofMinutes(1))
          .isEqualTo(synthesizer.synthesize(question));
    }
  }

  @Test
  public void asksTheTeacherThatIsPutInBetween() {
    List<TeacherModel> teachers = new ArrayList<>();
    Optional<RationaleSynthesizer> same =
        synthesizer()
            .throughTeacher(
                teacher -> {
                  teachers.add(teacher);
                  return teacher;
                });
    Assumptions.assumeTrue(same.isPresent(), "the synthesizer does not say whom it asks");
    assertThat(same.get().id()).isEqualTo(synthesizer().id());
    if (!teachers.isEmpty()) {
      AtomicInteger asked = new AtomicInteger();
      RationaleSynthesizer counted =
          synthesizer().throughTeacher(teacher -> counting(teacher, asked)).orElseThrow();
      counted.synthesize(Samples.curie());
      assertThat(asked).as("requests to the teacher put in between").hasPositiveValue();
    }
  }

  private static TeacherModel counting(TeacherModel teacher, AtomicInteger asked) {
    return new TeacherModel() {
      @Override
      public String id() {
        return teacher.id();
      }

      @Override
      public Reply reply(Prompt prompt) {
        asked.incrementAndGet();
        return teacher.reply(prompt);
      }
    };
  }

  @Test
  public void hasAStableId() {
    assertThat(synthesizer().id()).isEqualTo(synthesizer().id()).doesNotContain("\n");
  }
}
