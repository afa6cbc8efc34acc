package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyTest {
  private static final String KEY = "sk-canary-0123456789";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void nothingShowsIt() throws IOException {
    ApiKey key = ApiKey.of(KEY);
    assertThat(key.toString()).isEqualTo("ApiKey[hidden]");
    assertThat(key.hashCode()).isNotEqualTo(KEY.hashCode());
    assertThat(key).isNotEqualTo(ApiKey.of(KEY)).isNotInstanceOf(Serializable.class);
    ObjectMapper mapper = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    assertThat(mapper.writeValueAsString(key)).isEqualTo("{}");
    assertThat(key.value()).isEqualTo(KEY);
  }

  @Test
  void aFileHoldsAKeyAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "  " + KEY + "\r\n");
    assertThat(ApiKey.fromFile(file).value()).isEqualTo(KEY);
    for (String wrong : List.of("", "\n", KEY + "\n" + KEY, "x".repeat(20_000), "key=ü")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> ApiKey.fromFile(file))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("the key file")
          .hasMessageNotContaining(KEY)
          .hasNoCause();
    }
    assertThatThrownBy(() -> ApiKey.fromFile(folder.resolve("none")))
        .isInstanceOf(SetupException.class)
        .hasMessage("the key file cannot be read (NoSuchFileException); check its path");
  }

  @Test
  void charactersThatCannotBeSentAreRefusedUnseen() {
    for (String wrong : List.of("", " ", KEY + "\n", KEY + " x", "\u007f" + KEY, KEY + "é")) {
      assertThatThrownBy(() -> ApiKey.of(wrong))
          .isInstanceOf(SetupException.class)
          .hasMessageStartingWith("the key ")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void theEnvironmentMustHoldIt() {
    assertThatThrownBy(() -> ApiKey.fromEnvironment("KALE_NO_SUCH_VARIABLE"))
        .isInstanceOf(SetupException.class)
        .hasMessage("the environment variable KALE_NO_SUCH_VARIABLE is not set; set it to the key");
    assertThatThrownBy(() -> ApiKey.fromEnvironment(KEY))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("the name of the variable")
        .hasMessageNotContaining(KEY);
    // Some variable of every environment has a value that is a word.
    System.getenv().entrySet().stream()
        .filter(entry -> entry.getValue().matches("[A-Za-z0-9/._-]+"))
        .findFirst()
        .ifPresent(
            entry ->
                assertThat(ApiKey.fromEnvironment(entry.getKey()).value())
                    .isEqualTo(entry.getValue()));
  }
}
