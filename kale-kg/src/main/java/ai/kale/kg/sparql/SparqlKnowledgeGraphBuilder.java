package ai.kale.kg.sparql;

import ai.kale.kg.remote.RemoteOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Options of a {@link SparqlKnowledgeGraph}. Each can be set once; setting one again is an error,
 * so that a forgotten line does not win silently.
 */
public final class SparqlKnowledgeGraphBuilder {
  /** Longest time that any duration may say, far beyond use. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final URI endpoint;
  private @Nullable List<URI> graphs;
  private @Nullable List<String> allow;
  private @Nullable List<String> deny;
  private @Nullable List<String> languages;
  private @Nullable Credentials credentials;
  private @Nullable String userAgent;
  private @Nullable HttpClient client;
  private @Nullable Duration connectTimeout;
  private @Nullable Duration requestTimeout;
  private @Nullable Integer pageSize;
  private @Nullable Integer attempts;
  private @Nullable Duration longestWait;
  private @Nullable String snapshot;
  private @Nullable RemoteOptions options;
  private Pause pause = Pause.REAL;

  SparqlKnowledgeGraphBuilder(URI endpoint) {
    String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme();
    String authority = endpoint.getRawAuthority() == null ? "" : endpoint.getRawAuthority();
    if (authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "the endpoint's address holds credentials; use basicAuthentication instead");
    }
    if (endpoint.getHost() == null && authority.indexOf('_') >= 0) {
      throw new IllegalArgumentException(
          "the host of "
              + Settings.place(endpoint)
              + " has an underscore, which Java's HTTP client does not take;"
              + " use another name of the host, or its IP address");
    }
    if (!scheme.toLowerCase(Locale.ROOT).matches("https?")
        || endpoint.getHost() == null
        || endpoint.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "an endpoint is http(s)://host/path; got " + Settings.place(endpoint));
    }
    this.endpoint = endpoint;
  }

  /**
   * Reads named graphs, merged, instead of the endpoint's default graph.
   *
   * @param names IRIs of graphs
   * @return this
   */
  public SparqlKnowledgeGraphBuilder graphs(URI... names) {
    unset("graphs", graphs == null);
    for (URI name : names) {
      require(QueryIris.isSafe(name.toString()), "a graph's name is an absolute IRI; got " + name);
    }
    graphs = List.of(names);
    return this;
  }

  /**
   * Takes only predicates with these prefixes as relations; default all but those that give names.
   *
   * @param prefixes such as {@code "http://www.wikidata.org/prop/direct/"}
   * @return this
   */
  public SparqlKnowledgeGraphBuilder allowPredicates(String... prefixes) {
    unset("allowPredicates", allow == null);
    allow = prefixes(prefixes);
    return this;
  }

  /**
   * Hides predicates with these prefixes; default none.
   *
   * @param prefixes such as {@code "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}
   * @return this
   */
  public SparqlKnowledgeGraphBuilder denyPredicates(String... prefixes) {
    unset("denyPredicates", deny == null);
    deny = prefixes(prefixes);
    return this;
  }

  /**
   * Chooses the languages of names; names in others are not fetched.
   *
   * @param tags best first, as BCP 47 tags; {@code "en"} covers {@code "en-GB"}, {@code ""} is for
   *     names without a language, {@code "*"} for any; default {@code "en", ""}
   * @return this
   */
  public SparqlKnowledgeGraphBuilder languages(String... tags) {
    unset("languages", languages == null);
    require(tags.length > 0, "languages are at least one");
    for (String tag : tags) {
      require(
          tag.matches("\\*|[A-Za-z0-9-]*"), "a language is a BCP 47 tag, '' or '*'; got " + tag);
    }
    languages = Arrays.stream(tags).map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
    return this;
  }

  /**
   * Sends a user name and a password with every request, to this endpoint only. Use https.
   *
   * @param user without a colon
   * @param password never shown
   * @return this
   */
  public SparqlKnowledgeGraphBuilder basicAuthentication(String user, String password) {
    unset("authentication", credentials == null);
    require(user.indexOf(':') < 0, "a user name has no colon");
    credentials = Credentials.basic(user, password);
    return this;
  }

  /**
   * Sends a bearer token with every request, to this endpoint only. Use https.
   *
   * @param token never shown
   * @return this
   */
  public SparqlKnowledgeGraphBuilder bearerToken(String token) {
    unset("authentication", credentials == null);
    require(token.matches("[\\x21-\\x7e]+"), "a token is of visible ASCII characters");
    credentials = Credentials.bearer(token);
    return this;
  }

  /**
   * Says who asks. Public endpoints want a way to reach you in it.
   *
   * @param text of visible ASCII characters and spaces; default {@code kale-jvm}
   * @return this
   */
  public SparqlKnowledgeGraphBuilder userAgent(String text) {
    unset("userAgent", userAgent == null);
    require(text.matches("[\\x20-\\x7e]+"), "a user agent is of visible ASCII characters");
    userAgent = text;
    return this;
  }

  /**
   * Uses a client of your own, for a proxy, certificates or an executor; its connect timeout holds.
   * It may serve several graphs.
   *
   * @param newClient one that does not follow redirects, which would take credentials elsewhere
   * @return this
   */
  public SparqlKnowledgeGraphBuilder httpClient(HttpClient newClient) {
    unset("httpClient", client == null);
    require(
        newClient.followRedirects() == HttpClient.Redirect.NEVER,
        "the HTTP client follows redirects; build it with Redirect.NEVER");
    client = newClient;
    return this;
  }

  /**
   * Limits the time to connect; not with {@link #httpClient}.
   *
   * @param time default 10 s
   * @return this
   */
  public SparqlKnowledgeGraphBuilder connectTimeout(Duration time) {
    unset("connectTimeout", connectTimeout == null);
    connectTimeout = positive("connectTimeout", time);
    return this;
  }

  /**
   * Limits the time of one request, from connecting to the end of its answer.
   *
   * @param time default 60 s
   * @return this
   */
  public SparqlKnowledgeGraphBuilder requestTimeout(Duration time) {
    unset("requestTimeout", requestTimeout == null);
    requestTimeout = positive("requestTimeout", time);
    return this;
  }

  /**
   * Sets the most rows that one request asks for. At most what the endpoint gives.
   *
   * @param rows at least 1; default 10,000
   * @return this
   */
  public SparqlKnowledgeGraphBuilder pageSize(int rows) {
    unset("pageSize", pageSize == null);
    require(rows >= 1, "pageSize is at least 1; got " + rows);
    pageSize = rows;
    return this;
  }

  /**
   * Sets how often a request is tried.
   *
   * @param most at least 1; default 5
   * @return this
   */
  public SparqlKnowledgeGraphBuilder attempts(int most) {
    unset("attempts", attempts == null);
    require(most >= 1, "attempts are at least 1; got " + most);
    attempts = most;
    return this;
  }

  /**
   * Sets the longest wait between two attempts. Waits of this library's choice are cut to it; if
   * the endpoint asks for more the call fails at once.
   *
   * @param time default 2 minutes
   * @return this
   */
  public SparqlKnowledgeGraphBuilder longestWait(Duration time) {
    unset("longestWait", longestWait == null);
    longestWait = positive("longestWait", time);
    return this;
  }

  /**
   * Names the state of the data in provenance, such as the date of the dump behind the endpoint.
   *
   * @param text not empty; default the endpoint's address, graphs and predicates
   * @return this
   */
  public SparqlKnowledgeGraphBuilder snapshot(String text) {
    unset("snapshot", snapshot == null);
    require(!text.isBlank(), "a snapshot is not empty");
    snapshot = text;
    return this;
  }

  /**
   * Sets batch size and caches.
   *
   * @param newOptions default {@link RemoteOptions#defaults} with batches of 200
   * @return this
   */
  public SparqlKnowledgeGraphBuilder options(RemoteOptions newOptions) {
    unset("options", options == null);
    options = newOptions;
    return this;
  }

  /** Replaces time and chance. */
  SparqlKnowledgeGraphBuilder pause(Pause newPause) {
    pause = newPause;
    return this;
  }

  /**
   * Makes the graph; nothing is asked yet.
   *
   * @return the graph; close it
   * @throws IllegalStateException if options exclude each other
   */
  public SparqlKnowledgeGraph build() {
    if (client != null && connectTimeout != null) {
      throw new IllegalStateException("connectTimeout is the HTTP client's own; set it there");
    }
    return new SparqlKnowledgeGraph(
        new Settings(
            endpoint,
            or(graphs, List.of()),
            new PredicateFilter(or(allow, List.of()), or(deny, List.of())),
            or(languages, List.of("en", "")),
            or(credentials, Credentials.NONE),
            Secrets.of(endpoint, or(credentials, Credentials.NONE)),
            or(userAgent, "kale-jvm"),
            client == null ? client(or(connectTimeout, Duration.ofSeconds(10))) : client,
            or(requestTimeout, Duration.ofSeconds(60)),
            or(pageSize, 10_000),
            or(attempts, 5),
            or(longestWait, Duration.ofMinutes(2)),
            or(snapshot, ""),
            or(options, RemoteOptions.defaults().withBatchSize(200)),
            pause));
  }

  private static HttpClient client(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .build();
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static List<String> prefixes(String... prefixes) {
    for (String prefix : prefixes) {
      require(
          QueryIris.isSafe(prefix), "a prefix of predicates starts an absolute IRI; got " + prefix);
    }
    return List.of(prefixes);
  }

  private static Duration positive(String name, Duration time) {
    require(
        time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(LONGEST) <= 0,
        name + " is from 1 ms to a day; got " + time);
    return time;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private static void unset(String name, boolean unset) {
    if (!unset) {
      throw new IllegalStateException(name + " is already set");
    }
  }
}
