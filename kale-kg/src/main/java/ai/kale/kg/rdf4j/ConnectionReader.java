package ai.kale.kg.rdf4j;

import ai.kale.kg.rdf.RdfStatement;
import ai.kale.kg.rdf.StatementReader;
import java.util.function.Predicate;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.repository.RepositoryResult;
import org.jspecify.annotations.Nullable;

/** Reads through one connection. */
record ConnectionReader(RepositoryConnection connection, boolean inferred, Resource[] contexts)
    implements StatementReader {
  @Override
  public void find(
      String subject, String predicate, String object, Predicate<RdfStatement> visitor) {
    Value s = subject.isEmpty() ? null : Rdf4jTerms.value(subject);
    IRI p = predicate.isEmpty() ? null : Rdf4jTerms.iri(predicate);
    Value o = object.isEmpty() ? null : Rdf4jTerms.value(object);
    boolean possible =
        subject.isEmpty() == (s == null)
            && predicate.isEmpty() == (p == null)
            && object.isEmpty() == (o == null);
    if (possible && (s == null || s instanceof Resource)) {
      read((Resource) s, p, o, visitor);
    }
  }

  private void read(
      @Nullable Resource s, @Nullable IRI p, @Nullable Value o, Predicate<RdfStatement> visitor) {
    try (RepositoryResult<Statement> statements =
        connection.getStatements(s, p, o, inferred, contexts)) {
      while (statements.hasNext()) {
        if (!visitor.test(Rdf4jTerms.statement(statements.next()))) {
          return;
        }
      }
    }
  }
}
