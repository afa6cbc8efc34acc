package ai.kale.teacher.openai;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The JDK can be told to log all headers of requests, Authorization too, or all bytes before they
 * are encrypted. With such a setting no key is sent.
 */
final class HeaderLogging {
  private static final String CLIENT_LOG = "jdk.httpclient.HttpClient.log";
  private static final String TLS_LOG = "javax.net.debug";
  private static final List<String> HPACK_LOGS =
      List.of("jdk.internal.httpclient.hpack.debug", "jdk.internal.httpclient.hpack.log.level");

  private HeaderLogging() {}

  /** Refuses to go on where a key would be logged. */
  static void refuse() {
    setting(CLIENT_LOG)
        .filter(value -> names(value, "headers") || names(value, "all"))
        .ifPresent(value -> refuse(CLIENT_LOG, "all headers of requests"));
    // Empty: everything, to a logger.
    Optional.ofNullable(System.getProperty(TLS_LOG))
        .filter(v -> v.isEmpty() || v.equals("true") || names(v, "all") || names(v, "plaintext"))
        .ifPresent(value -> refuse(TLS_LOG, "requests before they are encrypted"));
    for (String name : HPACK_LOGS) {
      setting(name)
          .filter(value -> !value.equalsIgnoreCase("false") && !value.equalsIgnoreCase("off"))
          .ifPresent(value -> refuse(name, "headers of requests"));
    }
  }

  private static boolean names(String value, String part) {
    return List.of(value.toLowerCase(Locale.ROOT).split("[\\s,:=]+")).contains(part);
  }

  private static void refuse(String name, String what) {
    throw new SetupException(
        "the system property "
            + name
            + " makes the JDK log "
            + what
            + ", keys included; start Java without that part of it, or use the teacher without a"
            + " key and secret headers");
  }

  /** Read by the JDK from the system properties or else from its own file. */
  private static Optional<String> setting(String name) {
    String given = System.getProperty(name);
    if (given != null) {
      return Optional.of(given);
    }
    Path file = Path.of(System.getProperty("java.home"), "conf", "net.properties");
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // a runtime without that file
    }
    return Optional.ofNullable(properties.getProperty(name));
  }
}
