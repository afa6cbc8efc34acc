package ai.kale.teacher.openai;

import ai.kale.spi.TeacherModel;
import ai.kale.tck.ChatCompletionsServer;
import ai.kale.tck.TeacherModelContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class OpenAiTeacherContractTest extends TeacherModelContract {
  private static final String KEY = "sk-canary-0123456789";

  private final ChatCompletionsServer server =
      ChatCompletionsServer.start(request -> "Warsaw, and the key is " + KEY);

  @Override
  protected TeacherModel teacher() {
    return OpenAiTeacher.builder(server.baseUrl().toString(), "tiny-1").key(ApiKey.of(KEY)).build();
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY);
  }

  /** For models that take no temperature. */
  @Nested
  class WithoutTemperature extends TeacherModelContract {
    @Override
    protected TeacherModel teacher() {
      return OpenAiTeacher.builder(server.baseUrl().toString(), "tiny-1")
          .withoutTemperature()
          .build();
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
