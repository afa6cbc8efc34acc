package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.TeacherModel;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.tck.TeacherModelContract;
import ai.kale.train.djl.DjlTensorEngine;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.text.TeacherLayout;
import ai.kale.train.text.Tokenizer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher over an untrained model and the real engine: it writes words without sense. */
class LocalTeacherContractTest extends TeacherModelContract {
  private static @Nullable TensorModel model;
  private static @Nullable Tokenizer tokenizer;

  @BeforeAll
  static void open(@TempDir Path folder) {
    Path checkpoint = TinyWorld.checkpoint(folder.resolve("tiny"));
    model = new DjlTensorEngine().open(checkpoint, EngineOptions.cpu());
    tokenizer = HuggingFaceTokenizer.load(checkpoint);
  }

  @AfterAll
  static void close() {
    Objects.requireNonNull(model).close();
    Objects.requireNonNull(tokenizer).close();
  }

  @Override
  protected TeacherModel teacher() {
    return LocalTeacher.of("tiny", Objects.requireNonNull(model), Objects.requireNonNull(tokenizer))
        .withLayout(TeacherLayout.of("{system} {user}"));
  }

  @Override
  protected TeacherModel.Prompt prompt() {
    return new TeacherModel.Prompt("Question:", "In which city was Ann A O'Connor born?", 8, 0);
  }

  @Test
  void isGreedy() {
    TeacherModel.Reply reply = teacher().reply(prompt());
    assertThat(teacher().reply(prompt())).isEqualTo(reply);
    assertThat(reply.promptTokens()).isPositive();
    assertThat(reply.completionTokens()).isBetween(1L, 8L);
  }
}
