package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.tck.Samples;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.RetryPolicy;
import ai.kale.testing.ScriptedTeacher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesisRunTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<GroundedQuestion> questions =
      IntStream.range(0, 30).mapToObj(Samples::numbered).toList();

  /** A teacher that says what the question's fact says. */
  private static ScriptedTeacher honest() {
    return new ScriptedTeacher(
        p -> p.user().replaceAll("(?s).*<answer>\"(M[0-9]+)\".*", "Next to it there is $1."));
  }

  @Test
  void keepsTheOrderWhateverTheConcurrency() {
    List<RationalizedQuestion> one = run(honest(), 1).questions();
    assertThat(one).extracting(row -> row.question().id()).startsWith("n0", "n1").hasSize(30);
    assertThat(run(honest(), 8).questions()).isEqualTo(one);
  }

  private SynthesisRun.Result run(ScriptedTeacher teacher, int concurrency) {
    return SynthesisRun.with(TeacherSynthesizer.builder(teacher).build())
        .withConcurrency(concurrency)
        .run(questions);
  }

  @Test
  void resumesAfterAFailureWithoutAskingAgain() {
    Path journal = folder.resolve("j");
    AtomicInteger left = new AtomicInteger(10);
    ScriptedTeacher honest = honest();
    ScriptedTeacher failing =
        new ScriptedTeacher(
            p -> {
              if (left.getAndDecrement() <= 0) {
                throw new TransientFailureException("the endpoint is down; try again later");
              }
              return honest.reply(p).text();
            });
    SynthesisRun first =
        SynthesisRun.with(TeacherSynthesizer.builder(failing).build())
            .withConcurrency(1)
            .withRetry(RetryPolicy.never())
            .withFailureLimit(4)
            .withJournal(journal);
    assertThatThrownBy(() -> first.run(questions))
        .isInstanceOf(TransientFailureException.class)
        .hasMessageContaining("4 questions in a row got no reply")
        .hasMessageContaining("10 are done")
        .hasMessageContaining("the endpoint is down");

    ScriptedTeacher second = honest();
    SynthesisRun resumed =
        SynthesisRun.with(TeacherSynthesizer.builder(second).build()).withJournal(journal);
    SynthesisRun.Result result = resumed.run(questions);
    assertThat(second.asked).hasSize(20);
    assertThat(result.summary().resumed()).isEqualTo(10);
    assertThat(result.summary().promptTokens()).isEqualTo(3000);
    assertThat(result.questions()).isEqualTo(run(honest(), 1).questions());
    assertThat(resumed.run(questions).summary().resumed()).isEqualTo(30);
    assertThat(second.asked).hasSize(20);
  }

  @Test
  void equalQuestionsAreAskedOnce() {
    ScriptedTeacher teacher = honest();
    List<GroundedQuestion> same = Collections.nCopies(5, Samples.numbered(1));
    SynthesisRun.Result result =
        SynthesisRun.with(TeacherSynthesizer.builder(teacher).build()).run(same);
    assertThat(teacher.asked).hasSize(1);
    assertThat(result.questions()).hasSize(5);
    assertThat(result.summary().promptTokens()).isEqualTo(100);
  }

  @Test
  void countsWhatHappened() {
    List<GroundedQuestion> mixed = new ArrayList<>(questions.subList(0, 2));
    mixed.add(Samples.pathless("p"));
    mixed.add(Samples.pathless("r"));
    SynthesisSummary summary =
        SynthesisRun.with(TeacherSynthesizer.builder(ScriptedTeacher.saying("?")).build())
            .run(mixed)
            .summary();
    assertThat(summary.fellBack()).isEqualTo(2);
    assertThat(summary.dropped()).isEqualTo(2);
    assertThat(summary.droppedByReason()).containsExactly(Map.entry("no-path", 2));
    assertThat(summary.shareWithoutPath()).isEqualTo(0.5);
    assertThat(summary.describe()).contains("4 questions", "50.0 % have no complete path");
  }

  @Test
  void neverAnEmptySuccess() {
    SynthesisRun run = SynthesisRun.with(new TemplateSynthesizer());
    assertThatThrownBy(() -> run.run(List.of(Samples.pathless("p"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no question got a rationale")
        .hasMessageContaining("{no-path=1}");
    assertThatThrownBy(() -> run.run(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no question");
  }

  @Test
  void aJournalNeedsATeacherThatCanBeSeen() {
    TemplateSynthesizer template = new TemplateSynthesizer();
    RationaleSynthesizer anonymous = question -> template.synthesize(question);
    assertThatThrownBy(() -> SynthesisRun.with(anonymous).withJournal(folder.resolve("j")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("override RationaleSynthesizer.throughTeacher");
    assertThat(SynthesisRun.with(anonymous).run(questions).questions()).hasSize(30);
  }

  @Test
  void theQuestionAndPathsAreThoseOfTheInput() {
    TemplateSynthesizer template = new TemplateSynthesizer();
    RationaleSynthesizer changing = question -> template.synthesize(Samples.curie());
    assertThat(SynthesisRun.with(changing).run(questions).questions())
        .extracting(RationalizedQuestion::grounded)
        .isEqualTo(questions);
  }

  @Test
  void cancellingKeepsWhatIsInTheJournal() {
    Path file = folder.resolve("j");
    CancellationToken token = new CancellationToken();
    RunContext context =
        new RunContext(
            p -> {
              if (p.done() == 5) {
                token.cancel();
              }
            },
            token);
    SynthesisRun run =
        SynthesisRun.with(TeacherSynthesizer.builder(honest()).build())
            .withJournal(file)
            .withConcurrency(1)
            .withContext(context);
    assertThatThrownBy(() -> run.run(questions))
        .isInstanceOf(OperationCancelledException.class)
        .hasMessageContaining("it resumes where it has a journal");
    try (ReplyJournal journal = ReplyJournal.open(file)) {
      assertThat(journal.size()).isEqualTo(5);
    }
  }
}
