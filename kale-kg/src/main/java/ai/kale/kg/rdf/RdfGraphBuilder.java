package ai.kale.kg.rdf;

import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.LoadReport;
import ai.kale.kg.graph.LoadedGraph;
import java.util.List;
import java.util.Locale;

/**
 * Makes a graph of RDF statements, whichever parser they come from. A statement whose object is an
 * IRI or blank node is a triple; literals give names of entities and predicates alike, become
 * entities themselves, or are counted and left out, see {@link NameProperties} and {@link
 * LiteralPolicy}.
 *
 * <p>Labels are chosen by language, then by the order of the label properties; those in languages
 * not asked for are used only where there is no better one. Not safe for use by several threads.
 */
public final class RdfGraphBuilder {
  private final CompactGraphBuilder builder;
  private final List<String> languages;
  private final NameProperties names;
  private final LiteralPolicy literals;

  private long literalsSkipped;

  /**
   * Creates a builder with the default name properties that keeps no literals as entities.
   *
   * @param languages preferred label languages, best first; {@code ""} for no language. A tag also
   *     covers its variants: {@code "en"} covers {@code "en-GB"}
   */
  public RdfGraphBuilder(List<String> languages) {
    this(new CompactGraphBuilder(), languages, NameProperties.defaults(), LiteralPolicy.dropped());
  }

  /**
   * Creates a builder.
   *
   * @param builder collects the triples and names; {@link #build} ends it
   * @param languages preferred label languages, best first; {@code ""} for no language. A tag also
   *     covers its variants: {@code "en"} covers {@code "en-GB"}
   * @param names which properties give names
   * @param literals which literals become entities
   * @throws IllegalArgumentException if there are too many languages and label properties to rank:
   *     the product of the two may be up to 500
   */
  public RdfGraphBuilder(
      CompactGraphBuilder builder,
      List<String> languages,
      NameProperties names,
      LiteralPolicy literals) {
    int ranks = (languages.size() + 1) * Math.max(1, names.labels().size());
    if (ranks > CompactGraphBuilder.ALIAS) {
      throw new IllegalArgumentException(
          "at most "
              + CompactGraphBuilder.ALIAS
              + " combinations of a language (or none of them) and a label property; got "
              + ranks);
    }
    this.builder = builder;
    this.languages = languages.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
    this.names = names;
    this.literals = literals;
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
   * Adds a statement whose object is a plain or language-tagged literal.
   *
   * @param subject IRI, or blank node as {@code _:id}
   * @param predicate IRI
   * @param text the literal's text
   * @param language its language tag, or empty
   */
  public void addLiteral(String subject, String predicate, String text, String language) {
    addLiteral(subject, predicate, text, language, "");
  }

  /**
   * Adds a statement whose object is a literal: all that it gives, or nothing.
   *
   * @param subject IRI, or blank node as {@code _:id}
   * @param predicate IRI
   * @param text the literal's text
   * @param language its language tag in any case, or empty
   * @param datatype the IRI of its datatype, or empty
   * @throws IllegalArgumentException if a text is too long for an id or a name, or no valid Unicode
   */
  public void addLiteral(
      String subject, String predicate, String text, String language, String datatype) {
    int property = names.rank(predicate);
    boolean kept = literals.keeps(predicate, property >= 0);
    if (kept) {
      // First what may be refused: the id holds the text, so the name cannot fail after it.
      builder.addTriple(subject, predicate, RdfLiterals.id(text, language, datatype));
    }
    if (property >= 0) {
      addName(subject, predicate, text, language);
    } else if (!kept) {
      literalsSkipped++;
    }
  }

  /**
   * Adds a name, and never an entity.
   *
   * @param id the id of an entity or relation
   * @param property the IRI of the property that gives it
   * @param text the name
   * @param language its language tag, or empty
   * @throws IllegalArgumentException if the property gives no names
   */
  public void addName(String id, String property, String text, String language) {
    int rank = names.rank(property);
    if (rank < 0) {
      throw new IllegalArgumentException(property + " gives no names");
    }
    builder.addName(id, text, language, preference(rank, language));
  }

  private int preference(int property, String language) {
    int rank = rank(language.toLowerCase(Locale.ROOT));
    int base = rank == languages.size() ? CompactGraphBuilder.FALLBACK : 0;
    int labels = names.labels().size();
    return property == labels
        ? base + CompactGraphBuilder.ALIAS + rank
        : base + labels * rank + property;
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

  /**
   * Whether a language is among those asked for.
   *
   * @param language a tag, or empty for none
   * @return whether names in it are preferred
   */
  public boolean prefers(String language) {
    return rank(language.toLowerCase(Locale.ROOT)) < languages.size();
  }

  /** Triples added so far, duplicates included. */
  public long tripleCount() {
    return builder.tripleCount();
  }

  /**
   * Makes the graph; this builder cannot be used again.
   *
   * @param linesSkipped malformed lines or statements that were left out
   * @param reasons the first few reasons
   * @return the graph, possibly empty, with its report
   */
  public LoadedGraph build(long linesSkipped, List<String> reasons) {
    return build(linesSkipped, 0, reasons);
  }

  /**
   * Makes the graph; this builder cannot be used again.
   *
   * @param linesSkipped malformed lines or statements that were left out
   * @param excluded statements the options leave out
   * @param reasons the first few reasons for skipped lines
   * @return the graph, possibly empty, with its report
   */
  public LoadedGraph build(long linesSkipped, long excluded, List<String> reasons) {
    if (literals.keepsAny()) {
      builder.forEachEntityId(this::nameLiteral);
    }
    CompactGraph graph = builder.build();
    return new LoadedGraph(
        graph,
        new LoadReport(
            graph.tripleCount().orElseThrow(),
            graph.duplicateTriples(),
            graph.nameCount(),
            literalsSkipped + builder.namesDropped(),
            linesSkipped,
            excluded,
            reasons));
  }

  /** Names each literal entity once, at the end: the same literal comes up often. */
  private void nameLiteral(String id) {
    RdfLiteral.parse(id)
        .filter(literal -> !literal.text().isBlank())
        .ifPresent(
            literal ->
                builder.addName(id, literal.text(), literal.language(), CompactGraphBuilder.LABEL));
  }
}
