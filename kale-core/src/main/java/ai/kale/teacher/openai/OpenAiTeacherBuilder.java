package ai.kale.teacher.openai;

import ai.kale.error.SetupException;
import ai.kale.run.Hashes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options of an {@link OpenAiTeacher}. All but address and model have defaults. */
public final class OpenAiTeacherBuilder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "model",
          "messages",
          "n",
          "stream",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "seed");
  private static final Set<String> OWN_HEADERS =
      Set.of("content-type", "content-length", "accept", "host", "connection", "authorization");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(?:.*[-_])?(?:api-?key|key|token|secret|password|authorization|cookie)");
  private static final int MOST_BYTES = 16 << 20;

  private final String baseUrl;
  private final String model;
  private final Map<String, String> headers = new TreeMap<>();
  private final Set<String> secretHeaders = new HashSet<>();
  private final Map<String, JsonNode> extra = new TreeMap<>();
  private Optional<ApiKey> key = Optional.empty();
  private Optional<String> servedBy = Optional.empty();
  private Duration timeout = Duration.ofMinutes(2);
  private String tokenLimitField = "max_tokens";
  private boolean temperature = true;
  private OptionalLong seed = OptionalLong.empty();
  private int mostBytes = MOST_BYTES;
  private @Nullable HttpClient client;

  OpenAiTeacherBuilder(String baseUrl, String model) {
    this.baseUrl = baseUrl;
    this.model = model;
  }

  /**
   * The key, sent as {@code Authorization: Bearer}. Default: none, as local servers want it.
   *
   * @param secret from a file or an environment variable
   * @return this
   */
  public OpenAiTeacherBuilder key(ApiKey secret) {
    key = Optional.of(secret);
    return this;
  }

  /**
   * The organisation that pays, where a key belongs to several.
   *
   * @param organization its id
   * @return this
   */
  public OpenAiTeacherBuilder organization(String organization) {
    return header("OpenAI-Organization", organization);
  }

  /**
   * A further header, for example the {@code api-key} of Azure. No message shows its value. If its
   * name is one that carries credentials ({@code api-key}, {@code x-goog-api-key}, {@code cookie},
   * {@code proxy-authorization}, and whatever ends in {@code key}, {@code token}, {@code secret} or
   * {@code password} as a word of its own), the value is taken out of replies too; for others see
   * {@link #secretHeader}.
   *
   * @param name of the header
   * @param value visible ASCII characters and blanks
   * @return this
   * @throws SetupException if a name or value cannot be sent, or the header is the teacher's own
   */
  public OpenAiTeacherBuilder header(String name, String value) {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
      throw new SetupException("a header's name holds a character that cannot be sent; mend it");
    }
    if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new SetupException(
          "the header " + name.toLowerCase(Locale.ROOT) + " is set by the teacher; see key");
    }
    if (!value.matches("[\\x20-\\x7e]+") || value.isBlank()) {
      throw new SetupException(
          "the value of a header is empty or holds a character that cannot be sent; mend it");
    }
    headers.put(name, value);
    return this;
  }

  /**
   * A further header whose value is a secret like the key: taken out of replies too.
   *
   * @param name of the header
   * @param value visible ASCII characters and blanks
   * @return this
   * @throws SetupException as {@link #header} does
   */
  public OpenAiTeacherBuilder secretHeader(String name, String value) {
    secretHeaders.add(name);
    return header(name, value);
  }

  /**
   * Most time for one whole request, from sending it to the last byte of the answer. Default: 2
   * minutes.
   *
   * @param most from 1 ms to an hour
   * @return this
   */
  public OpenAiTeacherBuilder timeout(Duration most) {
    if (most.toMillis() < 1 || most.compareTo(Duration.ofHours(1)) > 0) {
      throw new SetupException("a timeout is from 1 ms to an hour; got " + most);
    }
    timeout = most;
    return this;
  }

  /**
   * Sends the token limit as {@code max_completion_tokens}, as OpenAI's reasoning models want it,
   * instead of {@code max_tokens}, which everyone else understands.
   *
   * @return this
   */
  public OpenAiTeacherBuilder maxCompletionTokens() {
    tokenLimitField = "max_completion_tokens";
    return this;
  }

  /**
   * Sends no temperature, for models that take none. Prompts must then ask for 0.
   *
   * @return this
   */
  public OpenAiTeacherBuilder withoutTemperature() {
    temperature = false;
    return this;
  }

  /**
   * Asks for replies that can be repeated, where the service offers it.
   *
   * @param value sent as {@code seed}
   * @return this
   */
  public OpenAiTeacherBuilder seed(long value) {
    seed = OptionalLong.of(value);
    return this;
  }

  /**
   * A further field of the request, for example {@code top_p} or {@code reasoning_effort}.
   *
   * @param name of the field
   * @param value text, number, boolean, or a list or map of such
   * @return this
   * @throws SetupException if the field is the teacher's own
   */
  public OpenAiTeacherBuilder extra(String name, Object value) {
    if (OWN_FIELDS.contains(name)) {
      throw new SetupException("the field " + name + " is set by the teacher; use its own option");
    }
    try {
      extra.put(name, JSON.valueToTree(value));
    } catch (IllegalArgumentException e) {
      throw new SetupException("the value of a further field cannot be written as JSON");
    }
    return this;
  }

  /**
   * A name for who serves the model, in place of the host in {@link OpenAiTeacher#id}: with the
   * same name, a server that has moved is the same teacher, and nothing is asked again.
   *
   * @param name letters, digits, dots, dashes and underscores
   * @return this
   */
  public OpenAiTeacherBuilder servedBy(String name) {
    if (!name.matches("[\\p{L}\\p{N}._-]{1,100}")) {
      throw new SetupException("servedBy takes letters, digits, dots, dashes and underscores");
    }
    servedBy = Optional.of(name);
    return this;
  }

  /**
   * A client with a proxy, certificates or an executor of one's own. It must not follow redirects.
   *
   * @param own the caller closes what it needs
   * @return this
   */
  public OpenAiTeacherBuilder httpClient(HttpClient own) {
    client = own;
    return this;
  }

  /** Largest answer that is read, 16 MiB; smaller in tests. */
  OpenAiTeacherBuilder mostBytes(int most) {
    mostBytes = most;
    return this;
  }

  /**
   * Makes the teacher; nothing is sent.
   *
   * @throws SetupException if an option is wrong, or the JDK is set to log what is sent, so that it
   *     would log the key
   */
  public OpenAiTeacher build() {
    URI base = base();
    if (model.isBlank() || model.length() > 300 || model.matches("(?s).*\\p{Cntrl}.*")) {
      throw new SetupException("the model's name is empty, too long or has control characters");
    }
    List<String> unshown = new ArrayList<>(headers.values());
    unshown.addAll(parameters(base));
    Redactor redactor = new Redactor(secrets(), unshown);
    if (!redactor.redactReply(model + " " + baseUrl).equals(model + " " + baseUrl)) {
      throw new SetupException(
          "the model's name or the base URL holds the key or a secret header's value; logs show both, so"
              + " give secrets as key or header only");
    }
    if (key.isPresent() || !headers.isEmpty()) {
      HeaderLogging.refuse();
    }
    return new OpenAiTeacher(
        new OpenAiSettings(
            id(base),
            endpoint(base),
            new ChatBody(model, tokenLimitField, temperature, seed, new TreeMap<>(extra)),
            allHeaders(),
            redactor,
            timeout,
            mostBytes,
            client(base)));
  }

  private URI base() {
    URI base;
    try {
      base = new URI(baseUrl.strip());
    } catch (URISyntaxException e) {
      // Its message repeats the address, which may hold a password.
      throw new SetupException(
          "the base URL is no URL, at position "
              + (e.getIndex() + 1)
              + "; it looks like "
              + "https://api.openai.com/v1");
    }
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http"))
        || base.getHost() == null
        || base.getPort() > 65_535) {
      throw new SetupException(
          "the base URL must begin with https:// or http:// and a host and port; it looks like"
              + " https://api.openai.com/v1");
    }
    if (base.getRawUserInfo() != null) {
      throw new SetupException(
          "the base URL " + Shown.place(base) + " must not hold a user; use key or header");
    }
    return base;
  }

  private static URI endpoint(URI base) {
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return URI.create(
        base.getScheme() + "://" + base.getRawAuthority() + path + "/chat/completions" + query);
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    key.ifPresent(secret -> secrets.add(secret.value()));
    headers.forEach(
        (name, value) -> {
          if (secretHeaders.contains(name) || CREDENTIALS.matcher(name).matches()) {
            secrets.add(value);
            // "Basic dXNlcjpw": what follows the scheme is repeated alone, too.
            secrets.add(value.substring(value.lastIndexOf(' ') + 1));
          }
        });
    return secrets;
  }

  /** Values in the query, which are seldom secret and never shown. */
  private static List<String> parameters(URI base) {
    String query = base.getQuery() == null ? "" : base.getQuery();
    return Arrays.stream(query.split("&"))
        .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
        .toList();
  }

  private Map<String, String> allHeaders() {
    Map<String, String> all = new TreeMap<>(headers);
    key.ifPresent(secret -> all.put("Authorization", "Bearer " + secret.value()));
    return all;
  }

  private String id(URI base) {
    StringBuilder id = new StringBuilder("openai:").append(model);
    if (servedBy.isPresent()) {
      id.append('@').append(servedBy.get());
    } else if (!base.getHost().equalsIgnoreCase("api.openai.com")) {
      id.append('@').append(base.getHost().toLowerCase(Locale.ROOT));
    }
    seed.ifPresent(value -> id.append(";seed=").append(value));
    if (!temperature) {
      id.append(";no-temperature");
    }
    if (!extra.isEmpty()) {
      id.append(";extra=").append(Hashes.sha256(extra.toString()).substring(0, 12));
    }
    return id.toString();
  }

  private HttpClient client(URI base) {
    if (client != null) {
      if (client.followRedirects() != HttpClient.Redirect.NEVER) {
        throw new SetupException(
            "the HTTP client follows redirects and would take the key along; build it with"
                + " followRedirects(NEVER)");
      }
      return client;
    }
    // In clear text HTTP/2 begins with an upgrade that several servers of models do not understand.
    boolean secure = base.getScheme().equalsIgnoreCase("https");
    return HttpClient.newBuilder()
        .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout)
        .build();
  }

  @Override
  public String toString() {
    return "OpenAiTeacherBuilder"; // the address may hold a password
  }
}
