package ai.kale.kg.sparql;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What is sent in the Authorization header, and what must not be seen anywhere else. */
final class Credentials {
  /** No credentials. */
  static final Credentials NONE = new Credentials("", List.of());

  private final String header;
  private final List<String> secrets;

  private Credentials(String header, List<String> secrets) {
    this.header = header;
    this.secrets = secrets;
  }

  static Credentials basic(String user, String password) {
    String both = user + ":" + password;
    String coded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    return new Credentials("Basic " + coded, List.of(coded, both, password));
  }

  static Credentials bearer(String token) {
    return new Credentials("Bearer " + token, List.of(token));
  }

  /** The header's value, or empty for none. */
  String header() {
    return header;
  }

  /** For {@link Secrets} only. */
  List<String> secrets() {
    return secrets;
  }

  @Override
  public String toString() {
    return header.isEmpty() ? "none" : "***";
  }
}
