package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is found in nothing that a process of its own writes, whatever goes wrong. */
class SecretsTest {
  private static final String KEY = "sk-canary-Zq7Vw3Lp9Kd5";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  /** Runs {@link CanaryMain} with some options of the JVM. */
  private String run(String key, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
            "-cp",
            System.getProperty("java.class.path"),
            CanaryMain.class.getName(),
            key,
            Files.createTempDirectory(folder, "run").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static void assertNoKey(String output, String key) {
    for (String form :
        List.of(
            key,
            key.substring(0, 12),
            key.substring(3, 16),
            key.replace("-", "\\u002d"),
            Base64.getEncoder()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8))
                .substring(0, 20),
            Base64.getEncoder()
                .encodeToString(("Bearer " + key).getBytes(StandardCharsets.UTF_8))
                .substring(10, 30))) {
      int at = output.indexOf(form);
      assertThat(at < 0 ? "" : output.substring(Math.max(0, at - 300), at + 300)).isEmpty();
    }
  }

  private static void assertAllShown(String output) {
    Matcher shown = Pattern.compile("(?m)^shown (\\d+)$").matcher(output);
    assertThat(shown.find()).isTrue();
    assertThat(Integer.parseInt(shown.group(1))).isGreaterThan(200);
    for (String expected :
        List.of(
            "***",
            "openai:tiny-1@127.0.0.1",
            "HTTP 401",
            "at https://192.0.2.1/v1/chat/completions answered HTTP 407",
            "HTTP 429",
            "ConnectException",
            "cut or no JSON",
            "\"custom_id\":\"q1\"")) {
      assertThat(output.contains(expected)).as(expected).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "skcanaryZq7Vw3Lp9Kd5Xy2Mn8"})
  void noLogAtAnyLevelAndNoFailureHoldsTheKey(String key) throws IOException, InterruptedException {
    String output =
        run(
            key,
            "-Djdk.httpclient.HttpClient.log=errors,requests,content,frames,ssl,trace,channel",
            "-Djdk.internal.httpclient.debug=true");
    assertThat(output.contains("jdk.internal.net.http.HttpClientImpl"))
        .as("the client's own log is there")
        .isTrue();
    assertAllShown(output);
    assertNoKey(output, key);
  }

  @Test
  void whereTheJdkWouldLogHeadersNoKeyIsSent() throws IOException, InterruptedException {
    String output = run(KEY, "-Djdk.httpclient.HttpClient.log=requests,Headers");
    assertThat(output.contains("the system property jdk.httpclient.HttpClient.log makes")).isTrue();
    assertThat(output.contains("HTTP 401")).as("nothing was sent").isFalse();
    assertNoKey(output, KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "jdk.httpclient.HttpClient.log,headers",
    "jdk.httpclient.HttpClient.log,'frames:control,all'",
    "javax.net.debug,all",
    "javax.net.debug,ssl:record:plaintext",
    "javax.net.debug,''",
    "jdk.internal.httpclient.hpack.debug,true"
  })
  void everySettingThatLogsHeadersIsRefused(String name, String value) {
    OpenAiTeacherBuilder open = OpenAiTeacher.builder("https://host/v1", "m");
    OpenAiTeacherBuilder keyed = OpenAiTeacher.builder("https://host/v1", "m").key(ApiKey.of(KEY));
    System.setProperty(name, value);
    try {
      assertThatThrownBy(keyed::build)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("the system property " + name + " makes the JDK log")
          .hasMessageContaining("keys included");
      assertThat(open.build().id()).as("without a key").isEqualTo("openai:m@host");
    } finally {
      System.clearProperty(name);
    }
    assertThat(keyed.build().id()).isEqualTo("openai:m@host");
  }
}
