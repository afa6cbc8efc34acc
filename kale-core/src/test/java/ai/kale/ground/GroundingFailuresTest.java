package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown, wherever: the run ends, throws, and claims nothing to be complete. */
@Timeout(60)
class GroundingFailuresTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aListenerThatThrowsIsAFailureAndNoFileIsComplete(int threads) throws IOException {
    Path file = folder.resolve("grounded.jsonl");
    RunContext context =
        new RunContext(
            progress -> {
              if (progress.done() == 40) {
                throw new IllegalStateException("the listener broke");
              }
            },
            new CancellationToken());
    QuestionGrounder grounder = Numbered.grounder().withThreads(threads).withContext(context);
    assertThatThrownBy(
            () -> GroundingRun.of(grounder).run(Numbered.questions(200).iterator(), file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the listener broke");
    assertThat(file).doesNotExist();
    if (Files.exists(Numbered.part(file))) {
      assertThat(Numbered.whole(200)).startsWith(Numbered.text(Numbered.part(file)));
    }
    assertThatThrownBy(() -> grounder.ground(Numbered.questions(200)))
        .hasMessageContaining("the listener broke");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLazyListOfLinksThatThrowsIsAFailure(int threads) {
    EntityLinker lazy =
        linker(
            new AbstractList<>() {
              @Override
              public EntityLinker.Links get(int index) {
                throw new TransientFailureException("the store is down");
              }

              @Override
              public int size() {
                return 10;
              }
            });
    assertThatThrownBy(
            () ->
                QuestionGrounder.of(ToyGraph.curie(), lazy, new ToyStages.Extractor())
                    .withThreads(threads)
                    .ground(Numbered.questions(10)))
        .isInstanceOf(TransientFailureException.class)
        .hasMessage("questions 'q0' to 'q9': the store is down");
  }

  private static EntityLinker linker(List<EntityLinker.Links> links) {
    return new EntityLinker() {
      @Override
      public Links link(KnowledgeGraph graph, Question question) {
        return links.get(0);
      }

      @Override
      public List<Links> linkAll(KnowledgeGraph graph, List<Question> questions) {
        return links;
      }

      @Override
      public String id() {
        return "fixed/1";
      }
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aCheckedExceptionThatWasNotDeclaredIsAFailure(int threads) {
    IOException thrown = new IOException("no disk");
    PathExtractor sneaky =
        (graph, query) -> {
          throw GroundingFailuresTest.<RuntimeException>unchecked(thrown);
        };
    assertThatThrownBy(
            () -> Numbered.grounder(sneaky).withThreads(threads).ground(Numbered.questions(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("question 'q0' failed: java.io.IOException: no disk")
        .hasCause(thrown);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anErrorInTheLookUpOfLabelsIsAFailure(int threads) {
    ToyGraph toy = ToyGraph.curie();
    InvocationHandler failing =
        (proxy, method, arguments) -> {
          if (method.getName().equals("labels")) {
            throw new StackOverflowError("labels");
          }
          return method.invoke(toy, arguments);
        };
    KnowledgeGraph broken =
        (KnowledgeGraph)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KnowledgeGraph.class}, failing);
    EntityLinker fixed = (g, q) -> new EntityLinker.Links(List.of(0), List.of(1), List.of());
    assertThatThrownBy(
            () ->
                QuestionGrounder.of(broken, fixed, new ToyStages.Extractor())
                    .withThreads(threads)
                    .ground(Numbered.questions(3)))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("labels");
  }

  @Test
  void noMoreThreadsThanAskedForSearchEvenIfSearchesWait() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    PathExtractor toy = new ToyStages.Extractor();
    PathExtractor waiting =
        (graph, query) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          CompletableFuture<Integer> later = new CompletableFuture<>();
          Thread answer = new Thread(() -> later.complete(1));
          answer.start();
          later.join();
          now.decrementAndGet();
          return toy.extract(graph, query);
        };
    List<GroundedQuestion> grounded =
        Numbered.grounder(waiting).withThreads(2).ground(Numbered.questions(300));
    assertThat(grounded).hasSize(300);
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void whatALinkerDidWrongNamesTheLinkerAndTheQuestion() {
    EntityLinker.Links sound = new EntityLinker.Links(List.of(0), List.of(1), List.of());
    for (int handle : new int[] {-1, 999}) {
      for (EntityLinker.Links stray :
          List.of(
              new EntityLinker.Links(List.of(0, handle), List.of(1), List.of()),
              new EntityLinker.Links(List.of(0), List.of(handle), List.of()))) {
        assertThatThrownBy(
                () ->
                    QuestionGrounder.of(
                            ToyGraph.curie(),
                            linker(List.of(sound, stray)),
                            new ToyStages.Extractor())
                        .ground(Numbered.questions(2)))
            .isInstanceOf(SetupException.class)
            .hasMessageStartingWith(
                "question 'q1': linker fixed/1 gave the handle " + handle + ", which is no entity");
      }
    }
    assertThatThrownBy(
            () ->
                QuestionGrounder.of(
                        ToyGraph.curie(), linker(List.of(sound)), new ToyStages.Extractor())
                    .ground(Numbered.questions(2)))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "questions 'q0' to 'q1': linker fixed/1 returned 1 results for 2 questions; linkAll"
                + " must return one for each");
  }

  @Test
  void threadsAreBounded() {
    QuestionGrounder grounder = Numbered.grounder();
    for (int threads : new int[] {0, 32768}) {
      assertThatThrownBy(() -> grounder.withThreads(threads))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("threads must be from 1 to 32767; got " + threads);
    }
    assertThat(grounder.withThreads(32767).ground(Numbered.questions(2))).hasSize(2);
  }

  @Test
  void aBlockWithoutItsRecordsNeedsAReason() {
    assertThatThrownBy(() -> new BlockResult(2, List.of(), List.of(), List.of(), null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("0 records for 2 questions, and nothing failed");
  }
}
