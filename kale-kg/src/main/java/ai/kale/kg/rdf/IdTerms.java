package ai.kale.kg.rdf;

import ai.kale.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.rdf.api.BlankNode;
import org.apache.commons.rdf.api.BlankNodeOrIRI;
import org.apache.commons.rdf.api.IRI;
import org.apache.commons.rdf.api.Literal;
import org.apache.commons.rdf.api.RDFTerm;

/**
 * Ids as RDF terms and back, one to one. An id that is an absolute IRI outside the base is itself;
 * {@code _:x} is the blank node x; any other id is the base followed by the id percent-encoded: the
 * bytes of its UTF-8 other than letters, digits, {@code - . _ ~} of ASCII become {@code %XX}.
 */
final class IdTerms {
  /** A scheme and a colon, then nothing that the grammar of IRIs forbids. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|\\\\^`]*");

  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9-]*");
  private static final Pattern DATATYPE = Pattern.compile("[^<>\"\\s]*");

  private static final String PLAIN = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private final String base;

  /**
   * Creates a mapping.
   *
   * @param base a namespace IRI, or empty for none
   */
  IdTerms(String base) {
    this.base = base;
  }

  static boolean isAbsolute(String id) {
    return ABSOLUTE.matcher(id).matches();
  }

  /** Whether an entity id has a term; with a base each has. */
  boolean coversEntity(String id) {
    return isBlank(id) || coversRelation(id);
  }

  /** Whether a relation id has a term; with a base each has. */
  boolean coversRelation(String id) {
    return !base.isEmpty() || isAbsolute(id);
  }

  private static boolean isBlank(String id) {
    return id.startsWith("_:") && id.length() > 2;
  }

  BlankNodeOrIRI resource(String id) {
    return isBlank(id) ? RdfTerms.blank(id.substring(2)) : iri(id);
  }

  /** The term of a relation id, for which {@code _:x} is a text like any other. */
  IRI iri(String id) {
    boolean itself = isAbsolute(id) && (base.isEmpty() || !id.startsWith(base));
    if (!itself && base.isEmpty()) {
      throw new InvalidInputException("'" + id + "' is not an absolute IRI; give a base");
    }
    return RdfTerms.iri(itself ? id : base + encode(id));
  }

  /** The entity id of a resource; empty where no id has this term. */
  Optional<String> entityId(RDFTerm term) {
    if (term instanceof BlankNode blank) {
      return Optional.of("_:" + blank.uniqueReference());
    }
    return term instanceof IRI iri ? relationId(iri).filter(id -> !isBlank(id)) : Optional.empty();
  }

  /** The relation id of an IRI; empty where no id has this term. */
  Optional<String> relationId(IRI term) {
    String iri = term.getIRIString();
    if (base.isEmpty() || !iri.startsWith(base)) {
      return isAbsolute(iri) ? Optional.of(iri) : Optional.empty();
    }
    // Several spellings decode to one id, of which one is its term.
    return decode(iri.substring(base.length())).filter(id -> iri(id).getIRIString().equals(iri));
  }

  /** A literal that is an entity, from its id; empty for other ids. */
  static Optional<Literal> literal(String id) {
    return RdfLiteral.parse(id)
        .filter(literal -> TAG.matcher(literal.language()).matches())
        .filter(literal -> DATATYPE.matcher(literal.datatype()).matches())
        .map(literal -> RdfTerms.literal(literal.text(), literal.language(), literal.datatype()));
  }

  private static String encode(String id) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "ids",
          0,
          "the id '" + id + "' is no well-formed text (half a surrogate pair); mend the data",
          e);
    }
    StringBuilder text = new StringBuilder(id.length() + 8);
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xff;
      if (b < 128 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
      }
    }
    return text.toString();
  }

  private static Optional<String> decode(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? HEX.indexOf(text.charAt(i + 1)) : -1;
        int low = i + 2 < text.length() ? HEX.indexOf(text.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c < 128) {
        bytes.put((byte) c);
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
