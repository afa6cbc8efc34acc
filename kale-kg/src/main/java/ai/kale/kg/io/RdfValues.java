package ai.kale.kg.io;

import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.base.AbstractIRI;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;

/**
 * The values a parser makes: malformed IRIs are marked, so that only the statements that use them
 * are bad, and blank nodes without a label are numbered in the order of the file.
 */
final class RdfValues extends SimpleValueFactory {
  private long unlabelled;

  @Override
  public IRI createIRI(String iri) {
    String problem = Iris.problem(iri);
    return problem.isEmpty() ? super.createIRI(iri) : new BadIri(iri, problem);
  }

  @Override
  public IRI createIRI(String namespace, String localName) {
    return createIRI(namespace + localName);
  }

  /** A label in a file cannot start with a minus sign, so these are never equal to one. */
  @Override
  public BNode createBNode() {
    return createBNode("-" + ++unlabelled);
  }

  /** An IRI that is none. */
  static final class BadIri extends AbstractIRI {
    private static final long serialVersionUID = 1L;
    private final String text;
    private final String problem;

    BadIri(String text, String problem) {
      this.text = text;
      this.problem = problem;
    }

    /** What to tell the user. */
    String complaint() {
      return "malformed IRI <" + text + ">: " + problem;
    }

    @Override
    public String getNamespace() {
      return text;
    }

    @Override
    public String getLocalName() {
      return "";
    }

    @Override
    public String stringValue() {
      return text;
    }
  }
}
