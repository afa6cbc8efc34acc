package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.TeacherModel;
import java.util.Collections;
import java.util.List;
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

  private static void assertReply(TeacherModel.Reply reply) {
    assertThat(reply.text()).as("reply").isNotBlank();
    assertThat(reply.promptTokens()).as("promptTokens").isNotNegative();
    assertThat(reply.completionTokens()).as("completionTokens").isNotNegative();
  }
}
