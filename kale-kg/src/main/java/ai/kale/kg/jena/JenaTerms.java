package ai.kale.kg.jena;

import ai.kale.kg.rdf.RdfLiteral;
import ai.kale.kg.rdf.RdfStatement;
import java.util.Optional;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.Quad;
import org.jspecify.annotations.Nullable;

/** Ids and Jena's nodes. */
final class JenaTerms {
  private JenaTerms() {}

  /** The node of an id, or null if it is not the form of one. */
  static @Nullable Node node(String id) {
    if (id.startsWith("_:")) {
      return id.length() == 2 ? null : NodeFactory.createBlankNode(id.substring(2));
    }
    if (id.startsWith("\"")) {
      return RdfLiteral.parse(id).map(JenaTerms::literal).orElse(null);
    }
    return NodeFactory.createURI(id);
  }

  private static Node literal(RdfLiteral literal) {
    if (!literal.language().isEmpty()) {
      return NodeFactory.createLiteralLang(literal.text(), literal.language());
    }
    return literal.datatype().isEmpty()
        ? NodeFactory.createLiteralString(literal.text())
        : NodeFactory.createLiteralDT(
            literal.text(), TypeMapper.getInstance().getSafeTypeByName(literal.datatype()));
  }

  static Node graph(String name) {
    Node node = name.isEmpty() ? Quad.defaultGraphIRI : node(name);
    return node == null ? NodeFactory.createURI(name) : node;
  }

  static RdfStatement statement(Quad quad) {
    Node object = quad.getObject();
    return new RdfStatement(
        id(quad.getSubject()),
        id(quad.getPredicate()),
        object.isLiteral() ? "" : id(object),
        object.isLiteral() ? Optional.of(literal(object)) : Optional.empty(),
        quad.isDefaultGraph() ? "" : id(quad.getGraph()),
        quad.getSubject().isTripleTerm() || object.isTripleTerm());
  }

  private static RdfLiteral literal(Node node) {
    return new RdfLiteral(
        node.getLiteralLexicalForm(), node.getLiteralLanguage(), node.getLiteralDatatypeURI());
  }

  private static String id(Node node) {
    if (node.isURI()) {
      return node.getURI();
    }
    return node.isBlank() ? "_:" + node.getBlankNodeLabel() : node.toString();
  }
}
