package ai.kale.kg.sparql;

import ai.kale.KnowledgeGraph;
import ai.kale.error.SetupException;
import ai.kale.spi.GraphProvider;
import java.net.URI;
import java.util.Locale;

/**
 * Opens {@code sparql+https://host/path} and {@code sparql+http://host/path}: the endpoint at that
 * address without {@code sparql+}, with the default options.
 */
public final class SparqlGraphProvider implements GraphProvider {
  private static final String PREFIX = "sparql+";

  /** Called by {@link java.util.ServiceLoader}. */
  public SparqlGraphProvider() {}

  @Override
  public String name() {
    return "sparql";
  }

  @Override
  public boolean accepts(URI location) {
    String scheme = location.getScheme() == null ? "" : location.getScheme();
    return scheme.toLowerCase(Locale.ROOT).matches("sparql\\+https?");
  }

  @Override
  public KnowledgeGraph open(URI location) {
    try {
      URI endpoint = URI.create(location.toString().substring(PREFIX.length()));
      return SparqlKnowledgeGraph.builder(endpoint).build();
    } catch (IllegalArgumentException e) {
      throw new SetupException(
          "not a location of a SPARQL endpoint, sparql+https://host/path: " + e.getMessage(), e);
    }
  }
}
