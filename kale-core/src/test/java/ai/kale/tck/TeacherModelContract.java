package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link TeacherModel} keeps. Extend it and say how to make one. */
public abstract class TeacherModelContract {
  /** A teacher that can reply here and now; a remote one is given a local stand-in. */
  protected abstract TeacherModel teacher();

  /** Keys and tokens the teacher was made with, none of which may show. */
  protected List<String> secrets() {
    return List.of();
  }

  /** A prompt the teacher can answer. */
  protected TeacherModel.Prompt prompt() {
    return new TeacherModel.Prompt("Reply with one word.", "Which city is in Poland?", 16, 0);
  }

  @Test
  public void hasAStableId() {
    TeacherModel teacher = teacher();
    assertThat(teacher.id()).isNotBlank().isEqualTo(teacher.id()).doesNotContain("\n");
  }

  @Test
  public void neverRepliesWithNothing() {
    assertReply(teacher().reply(prompt()));
  }

  @Test
  public void showsNoSecret() {
    TeacherModel teacher = teacher();
    for (String secret : secrets()) {
      assertThat(teacher.id() + " " + teacher).doesNotContain(secret);
    }
  }

  @Test
  public void servesSeveralThreads() {
    TeacherModel teacher = teacher();
    List<TeacherModel.Prompt> prompts = Collections.nCopies(16, prompt());
    Parallel.map(prompts, 4, "reply", RunContext.silent(), teacher::reply)
        .forEach(TeacherModelContract::assertReply);
  }

  @Test
  public void countsTokensWhereItSaysSo() {
    TeacherModel teacher = teacher();
    TeacherModel.Reply reply = teacher.reply(prompt());
    if (teacher.capabilities().contains(TeacherCapability.TOKEN_COUNTS)) {
      assertThat(reply.promptTokens()).as("promptTokens").isPositive();
      assertThat(reply.completionTokens()).as("completionTokens").isPositive();
    }
  }

  @Test
  public void writesNoMoreTokensThanAllowed() {
    TeacherModel.Prompt prompt = prompt();
    assertThat(teacher().reply(prompt).completionTokens())
        .as("completionTokens")
        .isLessThanOrEqualTo(prompt.maxTokens());
  }

  @Test
  public void takesATemperatureOnlyWhereItSaysSo() {
    TeacherModel teacher = teacher();
    TeacherModel.Prompt warm = warm();
    if (teacher.capabilities().contains(TeacherCapability.SAMPLING)) {
      assertReply(teacher.reply(warm));
      return;
    }
    assertThatThrownBy(() -> teacher.reply(warm))
        .as("reply")
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(() -> finished(teacher.replyAsync(warm, Runnable::run)))
        .as("replyAsync")
        .isInstanceOf(UnsupportedCapabilityException.class);
  }

  private TeacherModel.Prompt warm() {
    TeacherModel.Prompt prompt = prompt();
    return new TeacherModel.Prompt(prompt.system(), prompt.user(), prompt.maxTokens(), 0.7);
  }

  /** The prompt asks for temperature 0, and the stand-ins of remote teachers repeat themselves. */
  @Test
  public void repliesTheSameWithoutWaiting() {
    TeacherModel teacher = teacher();
    TeacherModel.Reply waited = teacher.reply(prompt());
    assertThat(finished(teacher.replyAsync(prompt(), Runnable::run))).isEqualTo(waited);
  }

  @Test
  public void leavesTheExecutorAloneWhereItSaysThatNoThreadWaits() {
    TeacherModel teacher = teacher();
    Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    CompletableFuture<TeacherModel.Reply> reply = teacher.replyAsync(prompt(), tasks::add);
    if (teacher.capabilities().contains(TeacherCapability.NON_BLOCKING)) {
      assertReply(finished(reply));
      assertThat(tasks).as("tasks given to the executor").isEmpty();
    } else {
      assertThat(tasks).as("tasks given to the executor").isNotEmpty();
      tasks.forEach(Runnable::run);
      assertReply(finished(reply));
    }
  }

  /** What it completes with, or the failure it completes with. */
  private static TeacherModel.Reply finished(CompletableFuture<TeacherModel.Reply> reply) {
    try {
      return reply.orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError("completed with no reply and no failure of a teacher", e);
    }
  }

  private static void assertReply(TeacherModel.Reply reply) {
    assertThat(reply.text()).as("reply").isNotBlank();
    assertThat(reply.promptTokens()).as("promptTokens").isNotNegative();
    assertThat(reply.completionTokens()).as("completionTokens").isNotNegative();
  }
}
