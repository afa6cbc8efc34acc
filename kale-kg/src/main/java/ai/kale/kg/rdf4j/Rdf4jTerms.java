package ai.kale.kg.rdf4j;

import ai.kale.error.SetupException;
import ai.kale.kg.rdf.RdfLiteral;
import ai.kale.kg.rdf.RdfStatement;
import java.util.List;
import java.util.Optional;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.jspecify.annotations.Nullable;

/** Ids and RDF4J's values. */
final class Rdf4jTerms {
  private static final ValueFactory VALUES = SimpleValueFactory.getInstance();

  private Rdf4jTerms() {}

  /** The value of an id, or null if it is not the form of one. */
  static @Nullable Value value(String id) {
    if (id.startsWith("_:")) {
      return id.length() == 2 ? null : VALUES.createBNode(id.substring(2));
    }
    if (id.startsWith("\"")) {
      return RdfLiteral.parse(id).map(Rdf4jTerms::literal).orElse(null);
    }
    return iri(id);
  }

  static @Nullable IRI iri(String id) {
    // What createIRI demands; it throws otherwise.
    return id.indexOf(':') < 0 || id.startsWith("_:") || id.startsWith("\"")
        ? null
        : VALUES.createIRI(id);
  }

  private static @Nullable Value literal(RdfLiteral literal) {
    if (!literal.language().isEmpty()) {
      return VALUES.createLiteral(literal.text(), literal.language());
    }
    if (literal.datatype().isEmpty()) {
      return VALUES.createLiteral(literal.text());
    }
    IRI datatype = iri(literal.datatype());
    return datatype == null ? null : VALUES.createLiteral(literal.text(), datatype);
  }

  static Resource[] contexts(List<String> graphs) {
    return graphs.stream().map(Rdf4jTerms::context).toArray(Resource[]::new);
  }

  /** Null is how RDF4J names the default graph. */
  @SuppressWarnings("NullAway")
  static Resource context(String graph) {
    if (graph.isEmpty()) {
      return null;
    }
    if (value(graph) instanceof Resource context) {
      return context;
    }
    throw new SetupException("'" + graph + "' cannot name a graph; give its IRI");
  }

  static RdfStatement statement(Statement s) {
    Value object = s.getObject();
    Resource context = s.getContext();
    return new RdfStatement(
        id(s.getSubject()),
        s.getPredicate().stringValue(),
        object instanceof Literal ? "" : id(object),
        object instanceof Literal own ? Optional.of(literal(own)) : Optional.empty(),
        context == null ? "" : id(context),
        s.getSubject().isTriple() || object.isTriple());
  }

  private static RdfLiteral literal(Literal own) {
    return new RdfLiteral(
        own.getLabel(), own.getLanguage().orElse(""), own.getDatatype().stringValue());
  }

  private static String id(Value value) {
    return value instanceof BNode blank ? "_:" + blank.getID() : value.stringValue();
  }
}
