package ai.kale.kg.io;

import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;
import org.eclipse.rdf4j.rio.nquads.NQuadsParser;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;
import org.eclipse.rdf4j.rio.rdfxml.RDFXMLParser;
import org.eclipse.rdf4j.rio.trig.TriGParser;
import org.eclipse.rdf4j.rio.turtle.TurtleParser;

/** The parsers of the RDF formats and how they are set. */
final class RdfFiles {
  private RdfFiles() {}

  static TripleReader reader(RdfFormat format) {
    return format.isLineBased()
        ? (file, session) -> new RdfLines(format, session).read(file)
        : (file, session) -> new RdfDocument(format, session).read(file);
  }

  /** A parser that keeps blank node labels and leaves the checking of IRIs to the values. */
  static RDFParser parser(RdfFormat format, RdfValues values) {
    RDFParser parser = create(format, values);
    parser.set(BasicParserSettings.PRESERVE_BNODE_IDS, true);
    parser.set(BasicParserSettings.VERIFY_URI_SYNTAX, false);
    parser.set(BasicParserSettings.VERIFY_RELATIVE_URIS, false);
    parser.set(BasicParserSettings.VERIFY_DATATYPE_VALUES, false);
    parser.set(BasicParserSettings.FAIL_ON_UNKNOWN_DATATYPES, false);
    parser.set(BasicParserSettings.FAIL_ON_UNKNOWN_LANGUAGES, false);
    return parser;
  }

  private static RDFParser create(RdfFormat format, ValueFactory values) {
    return switch (format) {
      case NTRIPLES -> new NTriplesParser(values);
      case NQUADS -> new NQuadsParser(values);
      case TURTLE -> new TurtleParser(values);
      case TRIG -> new TriGParser(values);
      case RDFXML -> new RDFXMLParser(values);
    };
  }

  /** A parser's complaint without the position it appends, which may be wrong. */
  static String complaint(RdfFormat format, Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return "malformed "
        + format.title()
        + ": "
        + message.replaceFirst("\\s*\\[line -?\\d+(, column -?\\d+)?]$", "");
  }
}
