package ai.kale.kg.io;

import ai.kale.kg.io.RdfValues.BadIri;
import java.util.function.LongSupplier;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Triple;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.jspecify.annotations.Nullable;

/** Passes parsed statements on to the graph in the making. */
final class StatementSink extends AbstractRDFHandler {
  private final LoadSession session;
  private final LongSupplier line;

  StatementSink(LoadSession session, LongSupplier line) {
    this.session = session;
    this.line = line;
  }

  @Override
  public void handleStatement(Statement statement) {
    Resource context = statement.getContext();
    Resource subject = statement.getSubject();
    Value predicate = statement.getPredicate();
    Value object = statement.getObject();
    String problem = problem(subject, predicate, object, context);
    if (!problem.isEmpty()) {
      session.bad().add(line.getAsLong(), problem);
      return;
    }
    String graph = context == null ? "" : id(context);
    if (!session.takes(graph)) {
      return;
    }
    session.at(line.getAsLong(), graph);
    try {
      add(id(subject), predicate.stringValue(), object);
    } catch (IllegalArgumentException e) {
      // Too long for an id or a name, or half a character written as an escape.
      session.bad().add(line.getAsLong(), String.valueOf(e.getMessage()));
    }
  }

  private void add(String subject, String property, Value object) {
    if (object instanceof Literal literal) {
      session
          .rdf()
          .addLiteral(
              subject,
              property,
              literal.getLabel(),
              literal.getLanguage().orElse(""),
              literal.getDatatype().stringValue());
    } else {
      session.rdf().addResource(subject, property, id(object));
    }
  }

  private static String problem(@Nullable Value... terms) {
    for (Value term : terms) {
      if (term instanceof Triple) {
        return "quoted triples (RDF-star) are not supported: " + term;
      }
      Value iri = term instanceof Literal literal ? literal.getDatatype() : term;
      if (iri instanceof BadIri wrong) {
        return wrong.complaint();
      }
    }
    return "";
  }

  private String id(Value node) {
    return node instanceof BNode blank ? session.blank(blank.getID()) : node.stringValue();
  }
}
