package ai.kale.kg.sparql;

import ai.kale.kg.remote.RemoteOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/** Everything that a {@link SparqlKnowledgeGraphBuilder} decides, checked. */
record Settings(
    URI endpoint,
    List<URI> graphs,
    PredicateFilter predicates,
    List<String> languages,
    Credentials credentials,
    Secrets secrets,
    String userAgent,
    HttpClient client,
    Duration requestTimeout,
    int pageSize,
    int attempts,
    Duration longestWait,
    String snapshot,
    RemoteOptions options,
    Pause pause) {
  /** The endpoint without its query, which may hold a key. */
  String place() {
    return place(endpoint);
  }

  /** An address without user info, query and fragment. */
  static String place(URI address) {
    String authority = address.getRawAuthority() == null ? "" : address.getRawAuthority();
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return address.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + path;
  }

  @Override
  public String toString() {
    return "Settings[" + place() + "]";
  }
}
