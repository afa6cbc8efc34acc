package ai.kale.teacher.openai;

import ai.kale.error.SetupException;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes {@code "openai"} teachers from settings:
 *
 * <ul>
 *   <li>{@code model}: required;
 *   <li>{@code base-url}: {@code https://api.openai.com/v1} unless given;
 *   <li>one of {@code api-key-env} (name of an environment variable), {@code api-key-file} (path)
 *       and {@code api-key} (the key itself; it is not shown, but settings are seldom kept secret),
 *       or none;
 *   <li>{@code organization}, {@code timeout-seconds}, {@code seed};
 *   <li>{@code token-limit-field}: {@code max_tokens} or {@code max_completion_tokens};
 *   <li>{@code send-temperature}: {@code true} or {@code false};
 *   <li>{@code served-by}: see {@link OpenAiTeacherBuilder#servedBy}.
 * </ul>
 *
 * No message repeats the value of a setting.
 */
public final class OpenAiTeacherProvider implements TeacherProvider {
  private static final String OPEN_AI = "https://api.openai.com/v1";
  private static final Set<String> KEYS = Set.of("api-key", "api-key-env", "api-key-file");
  private static final Set<String> OTHERS =
      Set.of(
          "model",
          "base-url",
          "organization",
          "timeout-seconds",
          "seed",
          "token-limit-field",
          "send-temperature",
          "served-by");

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenAiTeacherProvider() {}

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public TeacherModel create(Map<String, String> settings) {
    checkNames(settings);
    String model = settings.get("model");
    if (model == null) {
      throw new SetupException("the openai teacher needs the setting model; add it");
    }
    OpenAiTeacherBuilder builder =
        OpenAiTeacher.builder(settings.getOrDefault("base-url", OPEN_AI), model);
    key(settings).ifPresent(builder::key);
    value(settings, "organization").ifPresent(builder::organization);
    value(settings, "served-by").ifPresent(builder::servedBy);
    value(settings, "timeout-seconds")
        .ifPresent(text -> builder.timeout(Duration.ofSeconds(number("timeout-seconds", text))));
    value(settings, "seed").ifPresent(text -> builder.seed(number("seed", text)));
    if (oneOf(settings, "token-limit-field", "max_tokens", "max_completion_tokens")) {
      builder.maxCompletionTokens();
    }
    if (oneOf(settings, "send-temperature", "true", "false")) {
      builder.withoutTemperature();
    }
    return builder.build();
  }

  private static void checkNames(Map<String, String> settings) {
    Set<String> known = new TreeSet<>(OTHERS);
    known.addAll(KEYS);
    for (String name : settings.keySet()) {
      if (!known.contains(name)) {
        // A name that is none may be a key.
        String shown = name.matches("[a-z]{1,20}([-_.][a-z]{1,20}){0,3}") ? "'" + name + "'" : "";
        throw new SetupException(
            "the openai teacher does not know the setting " + shown + "; it knows " + known);
      }
    }
    Set<String> keys = new TreeSet<>(settings.keySet());
    keys.retainAll(KEYS);
    if (keys.size() > 1) {
      throw new SetupException("the openai teacher takes one key, and got " + keys);
    }
  }

  private static Optional<ApiKey> key(Map<String, String> settings) {
    return value(settings, "api-key")
        .map(ApiKey::of)
        .or(() -> value(settings, "api-key-env").map(ApiKey::fromEnvironment))
        .or(() -> value(settings, "api-key-file").map(text -> ApiKey.fromFile(path(text))));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SetupException("the setting api-key-file is no path; mend it");
    }
  }

  private static Optional<String> value(Map<String, String> settings, String name) {
    return Optional.ofNullable(settings.get(name));
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new SetupException("the setting " + name + " must be a whole number");
    }
  }

  /** Whether the setting has its second value rather than its first, or none. */
  private static boolean oneOf(
      Map<String, String> settings, String name, String usual, String other) {
    String value = settings.getOrDefault(name, usual);
    if (!value.equals(usual) && !value.equals(other)) {
      throw new SetupException("the setting " + name + " must be " + usual + " or " + other);
    }
    return value.equals(other);
  }
}
