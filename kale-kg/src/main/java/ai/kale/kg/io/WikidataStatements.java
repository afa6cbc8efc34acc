package ai.kale.kg.io;

import ai.kale.kg.io.RdfValues.BadIri;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;

/** Lines of a Wikidata dump that had to be parsed: those with escapes or in an unusual form. */
final class WikidataStatements extends AbstractRDFHandler {
  private final LoadSession session;
  private final WikidataScreen screen;
  private final ByteLines lines;

  WikidataStatements(LoadSession session, WikidataScreen screen, ByteLines lines) {
    this.session = session;
    this.screen = screen;
    this.lines = lines;
  }

  @Override
  public void handleStatement(Statement statement) {
    Value object = statement.getObject();
    for (Value term : new Value[] {statement.getSubject(), statement.getPredicate(), object}) {
      Value iri = term instanceof Literal literal ? literal.getDatatype() : term;
      if (iri instanceof BadIri wrong) {
        session.bad().add(lines.number(), wrong.complaint());
        return;
      }
    }
    String subject = statement.getSubject().stringValue();
    String property = statement.getPredicate().stringValue();
    try {
      if (object instanceof Literal literal) {
        screen.name(subject, property, literal.getLabel(), literal.getLanguage().orElse(""));
      } else if (object instanceof IRI iri) {
        screen.triple(subject, property, iri.stringValue(), lines.number());
      } else {
        session.exclude(1);
      }
    } catch (IllegalArgumentException e) {
      session.bad().add(lines.number(), String.valueOf(e.getMessage()));
    }
  }
}
