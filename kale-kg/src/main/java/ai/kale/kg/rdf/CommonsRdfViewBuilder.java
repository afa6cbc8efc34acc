package ai.kale.kg.rdf;

import ai.kale.KnowledgeGraph;
import ai.kale.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a {@link CommonsRdfView} writes ids and names. Each may be said once. */
public final class CommonsRdfViewBuilder {
  private static final int SHOWN = 3;

  private final KnowledgeGraph graph;
  private @Nullable String base;
  private @Nullable String language;

  CommonsRdfViewBuilder(KnowledgeGraph graph) {
    this.graph = graph;
  }

  /**
   * The namespace of ids that are no absolute IRIs.
   *
   * @param namespace an absolute IRI, usually ending in {@code /} or {@code #}
   * @return this
   * @throws IllegalArgumentException if it is not absolute
   */
  public CommonsRdfViewBuilder base(String namespace) {
    if (base != null) {
      throw new IllegalStateException("base is '" + base + "' already");
    }
    if (!IdTerms.isAbsolute(namespace)) {
      throw new IllegalArgumentException("'" + namespace + "' is not an absolute IRI");
    }
    base = namespace;
    return this;
  }

  /** Adds names as literals without a language. */
  public CommonsRdfViewBuilder names() {
    return names("");
  }

  /**
   * Adds names as literals in one language: that of all names, as graphs do not tell them apart.
   *
   * @param tag a BCP 47 tag such as {@code "en"}, or empty for none
   * @return this
   * @throws IllegalArgumentException if it is no such tag
   */
  public CommonsRdfViewBuilder names(String tag) {
    if (language != null) {
      throw new IllegalStateException("names are asked for already");
    }
    if (!tag.matches("|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")) {
      throw new IllegalArgumentException("'" + tag + "' is not a language tag such as \"en-GB\"");
    }
    language = tag;
    return this;
  }

  /**
   * Makes the view. Without a base all ids are looked at, O(entities + relations).
   *
   * @return a view of the graph as it is
   * @throws InvalidInputException without a base, if an id is neither an absolute IRI nor {@code
   *     _:x}; names the first few
   */
  public CommonsRdfView build() {
    IdTerms terms = new IdTerms(base == null ? "" : base);
    if (base == null) {
      checkIds(terms);
    }
    String tag = language;
    return new CommonsRdfView(
        graph, terms, tag == null ? null : new NameStatements(graph, terms, tag));
  }

  private void checkIds(IdTerms terms) {
    List<String> first = new ArrayList<>();
    long wrong = 0;
    for (int relation = 0; relation < graph.relationCount(); relation++) {
      String id = graph.relationId(relation);
      wrong += terms.coversRelation(id) ? 0 : note(first, id);
    }
    for (int entity = 0; entity < graph.entityCount(); entity++) {
      String id = graph.entityId(entity);
      boolean covered =
          terms.coversEntity(id) || LiteralEntities.literal(graph, entity, id).isPresent();
      wrong += covered ? 0 : note(first, id);
    }
    if (wrong > 0) {
      throw new InvalidInputException(
          wrong
              + " ids are no absolute IRIs, the first: "
              + String.join(", ", first)
              + "; say base(\"http://…/\"), the namespace to put them in");
    }
  }

  private static int note(List<String> first, String id) {
    if (first.size() < SHOWN) {
      first.add("'" + id + "'");
    }
    return 1;
  }
}
