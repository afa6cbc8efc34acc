package ai.kale.kg.io;

import ai.kale.kg.rdf.RdfGraphBuilder;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;

/** Passes parsed statements on to the graph builder. */
final class StatementHandler extends AbstractRDFHandler {
  private final RdfGraphBuilder builder;
  private final StrictLines lines;
  private final BadLines bad;

  StatementHandler(RdfGraphBuilder builder, StrictLines lines, BadLines bad) {
    this.builder = builder;
    this.lines = lines;
    this.bad = bad;
  }

  @Override
  public void handleStatement(Statement statement) {
    Value subject = statement.getSubject();
    Value object = statement.getObject();
    String predicate = statement.getPredicate().stringValue();
    if (object instanceof Literal literal && isNode(subject)) {
      builder.addLiteral(
          id(subject), predicate, literal.getLabel(), literal.getLanguage().orElse(""));
    } else if (isNode(object) && isNode(subject)) {
      builder.addResource(id(subject), predicate, id(object));
    } else {
      bad.add(lines.number(), "quoted triples (RDF-star) are not supported: " + statement);
    }
  }

  private static boolean isNode(Value value) {
    return value instanceof IRI || value instanceof BNode;
  }

  private static String id(Value node) {
    return node instanceof BNode blank ? "_:" + blank.getID() : node.stringValue();
  }
}
