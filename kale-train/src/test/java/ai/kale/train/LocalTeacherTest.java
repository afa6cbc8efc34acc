package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel.Ending;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.train.text.TeacherLayout;
import ai.kale.train.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalTeacherTest {
  /** Repeats the first number of the prompt that many times, as far as it may. */
  private static class Repeating extends FakeModel {
    final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger users = new AtomicInteger();

    @Override
    public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
      assertThat(users.incrementAndGet()).as("threads in the model").isEqualTo(1);
      try {
        batches.add(prompts.size());
        if (prompts.stream().anyMatch(prompt -> prompt[0] == 13)) {
          throw new InvalidInputException("no thirteen");
        }
        return prompts.stream().map(prompt -> repeated(prompt[0], maxNewTokens)).toList();
      } finally {
        users.decrementAndGet();
      }
    }

    private static int[] repeated(int number, int most) {
      int[] tokens = new int[Math.min(number, most)];
      Arrays.fill(tokens, number);
      return tokens;
    }
  }

  /** Words are decimal numbers, and a number is its own id; 99 is a control token. */
  private static class Numbers implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return Arrays.stream(text.split("\\s+"))
          .filter(word -> !word.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    }

    @Override
    public String decode(int[] ids) {
      return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    @Override
    public OptionalInt idOf(String token) {
      return token.equals("99") ? OptionalInt.of(99) : OptionalInt.empty();
    }

    @Override
    public List<String> unknownWords(String text) {
      return List.of();
    }

    @Override
    public List<String> specialTokens() {
      return List.of("99");
    }

    @Override
    public int eosId() {
      return 1;
    }

    @Override
    public int padId() {
      return 0;
    }

    @Override
    public int vocabularySize() {
      return 100;
    }

    @Override
    public String fingerprint() {
      return "numbers";
    }
  }

  private final Repeating model = new Repeating();
  private final LocalTeacher teacher = LocalTeacher.of("fake", model, new Numbers());

  @Test
  void countsTokensAndSaysHowAReplyEnds() {
    assertThat(teacher.capabilities()).containsExactly(TeacherCapability.TOKEN_COUNTS);
    assertThat(teacher.reply(new Prompt("3 4", "5", 4, 0)))
        .isEqualTo(new Reply("3 3 3", 3, 3, Ending.COMPLETE));
    assertThat(teacher.reply(new Prompt("8", "5", 4, 0)))
        .isEqualTo(new Reply("8 8 8 8", 2, 4, Ending.CUT));
  }

  @Test
  void aReplyEndsAtAnyTokenThatLayoutOrCheckpointNames() {
    List<int[]> asked = new ArrayList<>();
    FakeModel recording =
        new FakeModel() {
          @Override
          public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
            asked.add(stopTokens);
            return super.generate(prompts, maxNewTokens, stopTokens);
          }
        };
    Numbers several =
        new Numbers() {
          @Override
          public List<Integer> stopIds() {
            return List.of(1, 99, 5, recording.vocabularySize());
          }
        };
    LocalTeacher local = LocalTeacher.of("fake", recording, several);
    local.reply(new Prompt("3", "4", 4, 0));
    local
        .withLayout(new TeacherLayout("{system} {user}", Optional.of("99")))
        .reply(new Prompt("3", "4", 4, 0));
    assertThat(asked).containsExactly(new int[] {1, 99, 5}, new int[] {99, 1, 5});
    new LanguageModelAnswers(recording, several, 4).answer(List.of("7"));
    assertThat(asked.get(2)).containsExactly(1, 99, 5);
  }

  @Test
  void theLayoutMakesTheTextAndIsPartOfTheId() {
    LocalTeacher other = teacher.withLayout(TeacherLayout.of("{user} 7 {system}"));
    assertThat(other.reply(new Prompt("3", "2", 8, 0)).text()).isEqualTo("2 2");
    assertThat(other.id()).startsWith("local:fake+").isNotEqualTo(teacher.id());
    assertThat(LocalTeacher.of("other", model, new Numbers()).id()).startsWith("local:other+");
    assertThat(TeacherLayout.chatMl().text("{user}", "b"))
        .isEqualTo(
            """
            <|im_start|>system
            {user}<|im_end|>
            <|im_start|>user
            b<|im_end|>
            <|im_start|>assistant
            """);
    assertThat(TeacherLayout.llama3().text("a", "b").lines())
        .containsExactly(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>",
            "",
            "a<|eot_id|><|start_header_id|>user<|end_header_id|>",
            "",
            "b<|eot_id|><|start_header_id|>assistant<|end_header_id|>",
            "");
    assertThatThrownBy(() -> teacher.withLayout(TeacherLayout.llama3()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no token <|eot_id|>");
    assertThatThrownBy(() -> TeacherLayout.of("{system}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> teacher.reply(new Prompt("3", "4", 4, 0.7)))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("a temperature of 0.7 needs a teacher with SAMPLING, and local:fake+")
        .hasMessageContaining("set the temperature to 0");
    assertThatThrownBy(() -> teacher.reply(new Prompt("3 ".repeat(60), "4", 4, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "has 61 tokens and the reply may have 4, but the model reads at most 64");
    assertThatThrownBy(() -> teacher.reply(new Prompt("", " ", 4, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> teacher.reply(new Prompt("3", "4 99 5", 4, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds 99, which the tokenizer takes for a control token");
    assertThat(model.batches).isEmpty();
  }

  @Test
  void threadsShareTheModelAndEachGetsItsOwnReply() {
    List<Integer> numbers = IntStream.range(0, 200).map(i -> 2 + i % 9).boxed().toList();
    List<Reply> replies =
        Parallel.map(
            numbers,
            8,
            "reply",
            RunContext.silent(),
            number -> teacher.reply(new Prompt("" + number, "1", number % 2 == 0 ? 20 : 3, 0)));
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      int count = number % 2 == 0 ? number : Math.min(3, number);
      assertThat(replies.get(i).text())
          .isEqualTo(String.join(" ", Collections.nCopies(count, "" + number)));
    }
    assertThat(model.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
  }

  @Test
  void whoWaitsIsServedTogetherAndABadPromptFailsAlone() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Repeating slow =
        new Repeating() {
          @Override
          public List<int[]> generate(List<int[]> prompts, int maxNewTokens, int... stopTokens) {
            entered.countDown();
            try {
              assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.generate(prompts, maxNewTokens, stopTokens);
          }
        };
    LocalTeacher busy = LocalTeacher.of("slow", slow, new Numbers());
    List<String> results = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int number : new int[] {2, 3, 13, 4}) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  results.add(busy.reply(new Prompt("" + number, "", 20, 0)).text());
                } catch (InvalidInputException e) {
                  results.add(e.getMessage());
                }
              });
      threads.add(thread);
      thread.start();
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
      while (number != 2 && thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(results).containsExactlyInAnyOrder("2 2", "3 3 3", "no thirteen", "4 4 4 4");
    // The first alone, the three that waited together, and then each of them by itself.
    assertThat(slow.batches).containsExactly(1, 3, 1, 1, 1);
  }
}
