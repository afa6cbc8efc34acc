package ai.kale.kg.rdf;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import java.util.List;
import java.util.Locale;

/**
 * Makes a graph of RDF statements, whichever parser they come from. A statement whose object is an
 * IRI or blank node is a triple; {@code rdfs:label} and {@code skos:prefLabel} give labels, {@code
 * skos:altLabel} aliases, of entities and predicates alike; other literals are skipped and counted.
 *
 * <p>Labels are chosen by language, then {@code prefLabel} before {@code label}; those in languages
 * not asked for are used only where there is no better one. Not safe for use by several threads.
 */
public final class RdfGraphBuilder {
  private static final String RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
  private static final String SKOS = "http://www.w3.org/2004/02/skos/core#";
  private static final String PREF_LABEL = SKOS + "prefLabel";
  private static final String ALT_LABEL = SKOS + "altLabel";
  private static final int MOST_LANGUAGES = 200;

  private final CompactGraphBuilder builder = new CompactGraphBuilder();
  private final List<String> languages;
  private long literalsSkipped;

  /**
   * Creates a builder.
   *
   * @param languages preferred label languages, best first; {@code ""} for no language. A tag also
   *     covers its variants: {@code "en"} covers {@code "en-GB"}
   */
  public RdfGraphBuilder(List<String> languages) {
    if (languages.size() > MOST_LANGUAGES) {
      throw new IllegalArgumentException(
          "at most " + MOST_LANGUAGES + " languages; got " + languages.size());
    }
    this.languages = languages.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Adds a statement between resources.
   *
   * @param subject IRI, or blank node as {@code _:id}
   * @param predicate IRI
   * @param object IRI, or blank node as {@code _:id}
   */
  public void addResource(String subject, String predicate, String object) {
    builder.addTriple(subject, predicate, object);
  }

  /**
   * Adds a statement whose object is a literal.
   *
   * @param subject IRI, or blank node as {@code _:id}
   * @param predicate IRI
   * @param text the literal's text
   * @param language its language tag, or empty
   */
  public void addLiteral(String subject, String predicate, String text, String language) {
    boolean preferred = predicate.equals(PREF_LABEL);
    if (!preferred && !predicate.equals(RDFS_LABEL) && !predicate.equals(ALT_LABEL)) {
      literalsSkipped++;
      return;
    }
    int rank = rank(language.toLowerCase(Locale.ROOT));
    int base = rank == languages.size() ? CompactGraphBuilder.FALLBACK : 0;
    int kind = predicate.equals(ALT_LABEL) ? CompactGraphBuilder.ALIAS : preferred ? 0 : 1;
    builder.addName(subject, text, base + 2 * rank + kind);
  }

  private int rank(String language) {
    for (int i = 0; i < languages.size(); i++) {
      String wanted = languages.get(i);
      if (language.equals(wanted) || (!wanted.isEmpty() && language.startsWith(wanted + "-"))) {
        return i;
      }
    }
    return languages.size();
  }

  /** Triples added so far, duplicates included. */
  public long tripleCount() {
    return builder.tripleCount();
  }

  /**
   * Keeps the named graph of each triple, see {@link #from}.
   *
   * @return this
   * @throws IllegalStateException after the first triple
   */
  public RdfGraphBuilder keepSources() {
    builder.keepSources();
    return this;
  }

  /**
   * Says which named graph the triples that are added from now on come from. Without {@link
   * #keepSources} it does nothing.
   *
   * @param graphName IRI, or blank node as {@code _:id}; {@code ""} for the default graph
   */
  public void from(String graphName) {
    builder.at(0, graphName);
  }

  /**
   * Makes the graph; this builder cannot be used again.
   *
   * @param linesSkipped malformed lines the parser left out
   * @param reasons the first few reasons
   * @return the graph, possibly empty, with its report
   */
  public LoadedGraph build(long linesSkipped, List<String> reasons) {
    CompactGraph graph = builder.build();
    return new LoadedGraph(
        graph,
        new LoadReport(
            graph.tripleCount().orElseThrow(),
            graph.duplicateTriples(),
            graph.nameCount(),
            literalsSkipped + builder.namesDropped(),
            linesSkipped,
            reasons));
  }
}
