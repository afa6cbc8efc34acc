package ai.kale.kg.io;

import ai.kale.kg.rdf.LiteralPolicy;
import ai.kale.kg.rdf.NameProperties;
import ai.kale.run.RunContext;
import java.util.List;
import java.util.Set;

/**
 * How files are loaded.
 *
 * @param badInput what to do with malformed lines or statements
 * @param languages preferred label languages, best first, as BCP 47 tags in any case; {@code ""}
 *     stands for labels without a language. Labels in other languages are used only where there is
 *     no better one
 * @param weights whether triples have weights: in a fourth column of TSV files, in CSV files under
 *     that name unless another is chosen, 1 elsewhere
 * @param sources whether the graph keeps the line and the named graph of each triple; costs memory
 * @param rdf names, literals and base IRI of RDF files
 * @param graphs the named graphs to load, {@code ""} for the default graph; empty for all. They are
 *     merged into one graph
 * @param csv what the columns of CSV files mean
 * @param context progress and cancellation
 */
public record LoadOptions(
    BadInputPolicy badInput,
    List<String> languages,
    boolean weights,
    boolean sources,
    RdfOptions rdf,
    Set<String> graphs,
    CsvColumns csv,
    RunContext context) {
  /** Copies the languages and graphs. */
  public LoadOptions {
    languages = List.copyOf(languages);
    graphs = Set.copyOf(graphs);
  }

  /**
   * Fail at malformed lines; labels in English, else without language, else any; no weights, no
   * sources; all named graphs; literals that are not names are left out; CSV with columns {@code
   * subject}, {@code relation} and {@code object}.
   */
  public static LoadOptions defaults() {
    return new LoadOptions(
        BadInputPolicy.fail(),
        List.of("en", ""),
        false,
        false,
        RdfOptions.defaults(),
        Set.of(),
        CsvColumns.named("subject", "relation", "object"),
        RunContext.silent());
  }

  /**
   * The same with another policy.
   *
   * @param policy what to do with malformed lines
   * @return new options
   */
  public LoadOptions withBadInput(BadInputPolicy policy) {
    return new LoadOptions(policy, languages, weights, sources, rdf, graphs, csv, context);
  }

  /**
   * The same with other label languages.
   *
   * @param tags best first; {@code ""} for no language
   * @return new options
   */
  public LoadOptions withLanguages(String... tags) {
    return new LoadOptions(badInput, List.of(tags), weights, sources, rdf, graphs, csv, context);
  }

  /** The same, with weights read from a fourth TSV column or the CSV column {@code weight}. */
  public LoadOptions withWeights() {
    return new LoadOptions(badInput, languages, true, sources, rdf, graphs, csv, context);
  }

  /** The same, with the line and named graph of each triple kept. */
  public LoadOptions withSources() {
    return new LoadOptions(badInput, languages, weights, true, rdf, graphs, csv, context);
  }

  /**
   * The same with other options for RDF files.
   *
   * @param newRdf names, literals, base IRI
   * @return new options
   */
  public LoadOptions withRdf(RdfOptions newRdf) {
    return new LoadOptions(badInput, languages, weights, sources, newRdf, graphs, csv, context);
  }

  /**
   * The same with another policy for literals.
   *
   * @param policy which literals become entities
   * @return new options
   */
  public LoadOptions withLiterals(LiteralPolicy policy) {
    return withRdf(new RdfOptions(rdf.names(), policy, rdf.base()));
  }

  /**
   * The same with other properties that give names.
   *
   * @param names properties for labels and aliases
   * @return new options
   */
  public LoadOptions withNames(NameProperties names) {
    return withRdf(new RdfOptions(names, rdf.literals(), rdf.base()));
  }

  /**
   * The same with a choice of named graphs; the statements of others are counted as excluded.
   *
   * @param names IRIs, or {@code ""} for the default graph; none for all
   * @return new options
   */
  public LoadOptions withGraphs(String... names) {
    return new LoadOptions(badInput, languages, weights, sources, rdf, Set.of(names), csv, context);
  }

  /**
   * The same with another meaning of the columns of CSV files.
   *
   * @param columns the columns
   * @return new options
   */
  public LoadOptions withCsv(CsvColumns columns) {
    return new LoadOptions(badInput, languages, weights, sources, rdf, graphs, columns, context);
  }

  /**
   * The same with progress and cancellation.
   *
   * @param newContext told every few thousand lines
   * @return new options
   */
  public LoadOptions withContext(RunContext newContext) {
    return new LoadOptions(badInput, languages, weights, sources, rdf, graphs, csv, newContext);
  }
}
