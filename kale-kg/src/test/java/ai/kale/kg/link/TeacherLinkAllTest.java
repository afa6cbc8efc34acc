package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.error.TransientFailureException;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.TeacherModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TeacherLinkAllTest {
  private static final int QUESTIONS = 7;

  private final CompactGraph graph = graph();
  private final List<Question> questions =
      IntStream.range(0, QUESTIONS)
          .mapToObj(i -> Question.of("q" + i, "who is person" + i + "?", List.of()))
          .toList();

  private static CompactGraph graph() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    IntStream.range(0, QUESTIONS).forEach(i -> builder.addLabel("Q" + i, "person" + i));
    return builder.build();
  }

  /** Names the person that a prompt is about. */
  private abstract static class Naming implements TeacherModel {
    @Override
    public String id() {
      return "naming";
    }

    @Override
    public Reply reply(Prompt prompt) {
      int at = prompt.user().indexOf("person");
      return new Reply(prompt.user().substring(at, at + 7), 0, 0);
    }
  }

  /** Replies only when so many wait, the last first. */
  private static final class Patient extends Naming {
    private final int atOnce;
    private final List<Runnable> waiting = new ArrayList<>();
    private int left = QUESTIONS;
    private int mostWaiting;

    Patient(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      waiting.add(() -> reply.complete(reply(prompt)));
      mostWaiting = Math.max(mostWaiting, waiting.size());
      if (--left == 0 || waiting.size() == atOnce) {
        replyToAll();
      }
      return reply;
    }

    private void replyToAll() {
      List<Runnable> replies = new ArrayList<>(waiting);
      waiting.clear();
      Collections.reverse(replies);
      replies.forEach(Runnable::run);
    }
  }

  private void assertAllFound(List<Links> links) {
    assertThat(links)
        .extracting(each -> graph.entityId(each.question().get(0)))
        .containsExactly("Q0", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6");
  }

  @Test
  void asManyAsAllowedAreUnderWayAndResultsComeInOrder() {
    Patient teacher = new Patient(3);
    assertAllFound(new TeacherLinker(teacher).withConcurrency(3).linkAll(graph, questions));
    assertThat(teacher.mostWaiting).isEqualTo(3);
    assertThatThrownBy(() -> new TeacherLinker(teacher).withConcurrency(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new TeacherLinker(teacher).withConcurrency(3).id())
        .isEqualTo(new TeacherLinker(teacher).id());
  }

  @Test
  void noMoreThanAllowedAreUnderWay() throws InterruptedException {
    List<CompletableFuture<TeacherModel.Reply>> asked =
        Collections.synchronizedList(new ArrayList<>());
    Naming silent =
        new Naming() {
          @Override
          public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            asked.add(reply);
            return reply;
          }
        };
    Thread linking =
        new Thread(() -> new TeacherLinker(silent).withConcurrency(2).linkAll(graph, questions));
    linking.start();
    while (linking.isAlive() && (asked.size() < 2 || linking.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    assertThat(asked).hasSize(2);
    for (int i = 0; i < QUESTIONS; i++) {
      while (linking.isAlive() && asked.size() <= i) {
        Thread.onSpinWait();
      }
      asked.get(i).complete(new TeacherModel.Reply("NONE", 0, 0));
    }
    linking.join();
    assertThat(asked).hasSize(QUESTIONS);
  }

  @Test
  void aTeacherThatBlocksIsAskedBySeveralThreads() {
    CyclicBarrier two = new CyclicBarrier(2);
    Naming blocking =
        new Naming() {
          @Override
          public Reply reply(Prompt prompt) {
            try {
              two.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
              throw new IllegalStateException("nobody asked at the same time", e);
            }
            return super.reply(prompt);
          }
        };
    List<Question> even = questions.subList(0, 6);
    List<Links> links = new TeacherLinker(blocking).withConcurrency(2).linkAll(graph, even);
    assertThat(links)
        .extracting(each -> graph.entityId(each.question().get(0)))
        .containsExactly("Q0", "Q1", "Q2", "Q3", "Q4", "Q5");
  }

  @Test
  void theFirstFailureComesOutAndNothingMoreIsAsked() {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    Naming failing =
        new Naming() {
          @Override
          public Reply reply(Prompt prompt) {
            asked.add(prompt.user());
            if (prompt.user().contains("person2")) {
              throw new TransientFailureException("busy");
            }
            return super.reply(prompt);
          }
        };
    assertThatThrownBy(
            () -> new TeacherLinker(failing).withConcurrency(1).linkAll(graph, questions))
        .isInstanceOf(TransientFailureException.class)
        .hasMessage("busy");
    assertThat(asked).hasSize(3);
    Naming refusing =
        new Naming() {
          @Override
          public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
            throw new TransientFailureException("at once");
          }
        };
    assertThatThrownBy(() -> new TeacherLinker(refusing).linkAll(graph, questions))
        .isInstanceOf(TransientFailureException.class)
        .hasMessage("at once");
  }

  @Test
  void anInterruptedThreadStopsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new TeacherLinker(new Patient(1)).linkAll(graph, questions))
        .isInstanceOf(OperationCancelledException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
