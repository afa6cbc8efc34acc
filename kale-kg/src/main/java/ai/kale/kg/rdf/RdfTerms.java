package ai.kale.kg.rdf;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.rdf.api.BlankNode;
import org.apache.commons.rdf.api.BlankNodeOrIRI;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.RDFTerm;
import org.apache.commons.rdf.api.Triple;
import org.jspecify.annotations.Nullable;

/**
 * Terms and triples of our own, so that a view needs no Commons RDF implementation. Equal to those
 * of any implementation, as the API demands.
 */
final class RdfTerms {
  private RdfTerms() {}

  static IRI iri(String text) {
    return new Iri(text);
  }

  static BlankNode blank(String reference) {
    return new Blank(reference);
  }

  /** A literal with a language, or with a datatype where the language is empty. */
  static Literal literal(String text, String language, String datatype) {
    return language.isEmpty()
        ? new Text(text, datatype.isEmpty() ? RdfLiterals.STRING : datatype, "")
        : new Text(text, RdfLiterals.LANG_STRING, language);
  }

  static Triple triple(BlankNodeOrIRI subject, IRI predicate, RDFTerm object) {
    return new Statement(subject, predicate, object);
  }

  private record Iri(String text) implements IRI {
    @Override
    public String getIRIString() {
      return text;
    }

    @Override
    public String ntriplesString() {
      return "<" + text + ">";
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof IRI iri && iri.getIRIString().equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public String toString() {
      return ntriplesString();
    }
  }

  private record Blank(String reference) implements BlankNode {
    @Override
    public String uniqueReference() {
      return reference;
    }

    /** A label holds letters and digits only, so others are written as their code in hex. */
    @Override
    public String ntriplesString() {
      StringBuilder label = new StringBuilder("_:b");
      reference
          .chars()
          .forEach(
              c -> {
                boolean plain = c < 128 && Character.isLetterOrDigit(c) && c != 'x';
                label.append(plain ? String.valueOf((char) c) : String.format("x%04x", c));
              });
      return label.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BlankNode blank && blank.uniqueReference().equals(reference);
    }

    @Override
    public int hashCode() {
      return reference.hashCode();
    }

    @Override
    public String toString() {
      return ntriplesString();
    }
  }

  private record Text(String text, String datatype, String language) implements Literal {
    @Override
    public String getLexicalForm() {
      return text;
    }

    @Override
    public IRI getDatatype() {
      return new Iri(datatype);
    }

    @Override
    public Optional<String> getLanguageTag() {
      return language.isEmpty() ? Optional.empty() : Optional.of(language);
    }

    @Override
    public String ntriplesString() {
      return RdfLiterals.write(text, language, datatype);
    }

    private static Optional<String> tag(Literal literal) {
      return literal.getLanguageTag().map(tag -> tag.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Literal literal
          && literal.getLexicalForm().equals(text)
          && literal.getDatatype().equals(getDatatype())
          && tag(literal).equals(tag(this));
    }

    @Override
    public int hashCode() {
      return Objects.hash(text, getDatatype(), tag(this));
    }

    @Override
    public String toString() {
      return ntriplesString();
    }
  }

  private record Statement(BlankNodeOrIRI subject, IRI predicate, RDFTerm object)
      implements Triple {
    @Override
    public BlankNodeOrIRI getSubject() {
      return subject;
    }

    @Override
    public IRI getPredicate() {
      return predicate;
    }

    @Override
    public RDFTerm getObject() {
      return object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Triple triple
          && triple.getSubject().equals(subject)
          && triple.getPredicate().equals(predicate)
          && triple.getObject().equals(object);
    }

    @Override
    public int hashCode() {
      return Objects.hash(subject, predicate, object);
    }

    @Override
    public String toString() {
      return subject + " " + predicate + " " + object + " .";
    }
  }
}
