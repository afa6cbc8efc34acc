package ai.kale.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.tck.TeacherModelContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each test of the contract of teachers catches a wrong one. */
class TeacherContractsTest {
  private static final String SECRET = "canary";

  /** Does everything right, and says which of it it offers. */
  private static class Right implements TeacherModel {
    private final Set<TeacherCapability> offered;

    Right(TeacherCapability... offered) {
      this.offered = Set.of(offered);
    }

    @Override
    public String id() {
      return "right";
    }

    @Override
    public Set<TeacherCapability> capabilities() {
      return offered;
    }

    @Override
    public Reply reply(Prompt prompt) {
      if (prompt.temperature() > 0) {
        TeacherCapability.SAMPLING.require(this, "a temperature");
      }
      return offered.contains(TeacherCapability.TOKEN_COUNTS)
          ? new Reply("Warsaw", 9, 2)
          : new Reply("Warsaw", 0, 0);
    }

    @Override
    public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
      return offered.contains(TeacherCapability.NON_BLOCKING)
          ? CompletableFuture.supplyAsync(() -> reply(prompt))
          : CompletableFuture.supplyAsync(() -> reply(prompt), executor);
    }
  }

  /** Offers all of it. */
  private static class Full extends Right {
    Full() {
      super(TeacherCapability.values());
    }
  }

  private record Wrong(String mistake, String test, TeacherModel teacher) {}

  private static final List<Wrong> ALL =
      List.of(
          new Wrong(
              "another id each time",
              "hasAStableId",
              new Full() {
                private final AtomicInteger asked = new AtomicInteger();

                @Override
                public String id() {
                  return "id " + asked.incrementAndGet();
                }
              }),
          new Wrong(
              "a blank reply",
              "neverRepliesWithNothing",
              new Full() {
                @Override
                public Reply reply(Prompt prompt) {
                  return new Reply(" ", 9, 2);
                }
              }),
          new Wrong(
              "shows the key",
              "showsNoSecret",
              new Full() {
                @Override
                public String toString() {
                  return SECRET;
                }
              }),
          new Wrong(
              "for one thread only",
              "servesSeveralThreads",
              new Full() {
                private final Thread owner = Thread.currentThread();

                @Override
                public Reply reply(Prompt prompt) {
                  return new Reply(Thread.currentThread() == owner ? "Warsaw" : "", 9, 2);
                }
              }),
          new Wrong(
              "offers counts and has none",
              "countsTokensWhereItSaysSo",
              new Full() {
                @Override
                public Reply reply(Prompt prompt) {
                  return new Reply("Warsaw", 9, 0);
                }
              }),
          new Wrong(
              "takes no notice of the limit",
              "writesNoMoreTokensThanAllowed",
              new Full() {
                @Override
                public Reply reply(Prompt prompt) {
                  return new Reply("Warsaw", 9, prompt.maxTokens() + 1);
                }
              }),
          new Wrong(
              "swallows the temperature",
              "takesATemperatureOnlyWhereItSaysSo",
              new Right() {
                @Override
                public Reply reply(Prompt prompt) {
                  return new Reply("Warsaw", 0, 0);
                }
              }),
          new Wrong(
              "offers a temperature and takes none",
              "takesATemperatureOnlyWhereItSaysSo",
              new Full() {
                @Override
                public Reply reply(Prompt prompt) {
                  return new Right().reply(prompt);
                }
              }),
          new Wrong(
              "swallows the temperature where nobody waits",
              "takesATemperatureOnlyWhereItSaysSo",
              new Right() {
                @Override
                public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
                  return CompletableFuture.completedFuture(new Reply("Warsaw", 0, 0));
                }
              }),
          new Wrong(
              "another reply where nobody waits",
              "repliesTheSameWithoutWaiting",
              new Full() {
                @Override
                public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
                  return CompletableFuture.completedFuture(new Reply("Berlin", 9, 2));
                }
              }),
          new Wrong(
              "waits on the executor and says that it does not",
              "leavesTheExecutorAloneWhereItSaysThatNoThreadWaits",
              new Full() {
                @Override
                public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
                  executor.execute(() -> reply(prompt));
                  return super.replyAsync(prompt, executor);
                }
              }),
          new Wrong(
              "waits on the thread that calls",
              "leavesTheExecutorAloneWhereItSaysThatNoThreadWaits",
              new Right() {
                @Override
                public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
                  return CompletableFuture.completedFuture(reply(prompt));
                }
              }));

  private static TeacherModelContract contract(TeacherModel teacher) {
    return new TeacherModelContract() {
      @Override
      protected TeacherModel teacher() {
        return teacher;
      }

      @Override
      protected List<String> secrets() {
        return List.of(SECRET);
      }
    };
  }

  private static void run(TeacherModel teacher, String test) throws Throwable {
    try {
      TeacherModelContract.class.getMethod(test).invoke(contract(teacher));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void eachWrongTeacherFailsItsTest() {
    for (Wrong wrong : ALL) {
      assertThatThrownBy(() -> run(wrong.teacher(), wrong.test()))
          .as("%s in %s", wrong.mistake(), wrong.test())
          .isInstanceOfAny(AssertionError.class, RuntimeException.class);
    }
  }

  @Test
  void eachTestOfTheContractHasAWrongTeacher() {
    Set<String> all =
        Arrays.stream(TeacherModelContract.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(ALL.stream().map(Wrong::test).collect(Collectors.toSet())).isEqualTo(all);
  }

  /** Passes with all capabilities. */
  @Nested
  class WithAll extends TeacherModelContract {
    @Override
    protected TeacherModel teacher() {
      return new Full();
    }
  }

  /** Passes with none. */
  @Nested
  class WithNone extends TeacherModelContract {
    @Override
    protected TeacherModel teacher() {
      return new Right();
    }
  }
}
