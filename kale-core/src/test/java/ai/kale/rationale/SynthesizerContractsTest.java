package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.spi.TeacherModel;
import ai.kale.tck.RationaleSynthesizerContract;
import ai.kale.tck.TeacherModelContract;
import ai.kale.testing.ScriptedTeacher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SynthesizerContractsTest {
  @Nested
  class Template extends RationaleSynthesizerContract {
    @Override
    protected RationaleSynthesizer synthesizer() {
      return new TemplateSynthesizer();
    }
  }

  @Nested
  class TemplateFromAnswer extends RationaleSynthesizerContract {
    @Override
    protected RationaleSynthesizer synthesizer() {
      return new TemplateSynthesizer().withoutPaths(WithoutPaths.FROM_ANSWER);
    }
  }

  @Nested
  class Teacher extends RationaleSynthesizerContract {
    @Override
    protected RationaleSynthesizer synthesizer() {
      return TeacherSynthesizer.builder(
              new ScriptedTeacher(p -> p.user().contains("zloty") ? "the Polish zloty" : "?"))
          .build();
    }

    @Override
    protected List<RationaleCheck> checks() {
      return RationaleChecks.standard();
    }
  }

  @Nested
  class Scripted extends TeacherModelContract {
    @Override
    protected TeacherModel teacher() {
      return ScriptedTeacher.saying("Warsaw");
    }
  }

  /** The contracts notice what they are made to notice. */
  @Test
  void brokenImplementationsFail() {
    RationaleSynthesizerContract empty = contract(q -> written(q, ""));
    assertThatThrownBy(empty::keptTextsHoldTheChecks).isInstanceOf(AssertionError.class);
    RationaleSynthesizerContract mute =
        contract(q -> new Synthesis(Synthesis.Outcome.DROPPED, Optional.empty(), List.of()));
    assertThatThrownBy(mute::dropsWithAReason).isInstanceOf(AssertionError.class);
    RationaleSynthesizerContract random =
        contract(q -> written(q, q.question().answers() + " because " + new Object()));
    assertThatThrownBy(random::isDeterministicOnAnyNumberOfThreads)
        .isInstanceOf(AssertionError.class);
    RationaleSynthesizerContract deaf = contract(new Deaf());
    assertThatThrownBy(deaf::asksTheTeacherThatIsPutInBetween).isInstanceOf(AssertionError.class);
    assertThatThrownBy(deaf::givesTheSameWithoutWaiting).isInstanceOf(AssertionError.class);
    TeacherModelContract leaky =
        new TeacherModelContract() {
          @Override
          protected TeacherModel teacher() {
            return new ScriptedTeacher(p -> " ");
          }

          @Override
          protected List<String> secrets() {
            return List.of("scripted");
          }
        };
    assertThatThrownBy(leaky::neverRepliesWithNothing).isInstanceOf(AssertionError.class);
    assertThatThrownBy(leaky::showsNoSecret).isInstanceOf(AssertionError.class);
  }

  /** Asks its own teacher whatever it is given, and writes nothing where it need not wait. */
  private static final class Deaf implements RationaleSynthesizer {
    private final TeacherModel teacher = ScriptedTeacher.saying("the Polish zloty");

    @Override
    public Synthesis synthesize(GroundedQuestion question) {
      return written(question, teacher.reply(new TeacherModel.Prompt("", "", 1, 0)).text());
    }

    @Override
    public CompletableFuture<Synthesis> synthesizeAsync(
        GroundedQuestion question, Executor executor) {
      return CompletableFuture.completedFuture(
          new Synthesis(Synthesis.Outcome.DROPPED, Optional.empty(), List.of("why: nothing")));
    }

    @Override
    public Optional<RationaleSynthesizer> throughTeacher(UnaryOperator<TeacherModel> change) {
      TeacherModel unused = change.apply(teacher);
      return Optional.of(this);
    }
  }

  private static Synthesis written(GroundedQuestion question, String text) {
    return new Synthesis(
        Synthesis.Outcome.KEPT,
        Optional.of(
            new RationalizedQuestion(
                question,
                new Rationale(text, "test", 0, 0),
                Provenance.of("test", Map.of()),
                Map.of())),
        List.of());
  }

  private static RationaleSynthesizerContract contract(RationaleSynthesizer synthesizer) {
    return new RationaleSynthesizerContract() {
      @Override
      protected RationaleSynthesizer synthesizer() {
        return synthesizer;
      }
    };
  }
}
