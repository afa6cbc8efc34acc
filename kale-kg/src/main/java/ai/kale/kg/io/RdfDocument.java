package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.XMLParserSettings;

/** Reads Turtle, TriG and RDF/XML: formats that cannot be read on after a syntax error. */
final class RdfDocument {
  private static final int REPORT_EVERY = 1 << 14;
  private final RdfFormat format;
  private final LoadSession session;
  private final RDFParser parser;
  private long line;
  private long statements;

  RdfDocument(RdfFormat format, LoadSession session) {
    this.format = format;
    this.session = session;
    this.parser = RdfFiles.parser(format, new RdfValues());
  }

  void read(Path file) {
    if (format == RdfFormat.RDFXML) {
      readXml(file);
    } else {
      readText(file);
    }
    session.end(line);
  }

  private void readText(Path file) {
    parser.setParseLocationListener((now, column) -> line = now);
    parser.setRDFHandler(new StatementSink(session, () -> line));
    try (StrictReader in = new StrictReader(PackedFiles.open(file), file.toString(), session)) {
      parse(() -> parser.parse(in, session.options().rdf().base()));
    }
  }

  private void readXml(Path file) {
    SafeXml xml = SafeXml.create();
    parser.set(XMLParserSettings.CUSTOM_XML_READER, xml);
    parser.set(XMLParserSettings.DISALLOW_DOCTYPE_DECL, true);
    parser.setRDFHandler(
        new StatementSink(
            session,
            () -> {
              line = xml.line();
              if (++statements % REPORT_EVERY == 0) {
                session.report(line);
              }
              return line;
            }));
    try (InputStream in = PackedFiles.open(file)) {
      parse(() -> parser.parse(in, session.options().rdf().base()));
    } catch (IOException e) {
      throw new InvalidInputException(file.toString(), line, "cannot be closed: " + e, e);
    }
  }

  /** What a parser may throw. */
  private interface Parsing {
    void run() throws IOException;
  }

  private void parse(Parsing parsing) {
    String source = session.bad().source();
    try {
      parsing.run();
    } catch (RDFParseException e) {
      long at = e.getLineNumber() > 0 ? e.getLineNumber() : line;
      throw new InvalidInputException(source, at, RdfFiles.complaint(format, e) + where(e), e);
    } catch (IOException e) {
      throw PackedFiles.failure(source, line, e);
    } catch (IndexOutOfBoundsException | NullPointerException | IllegalArgumentException e) {
      // The parsers check little of some malformed directives.
      throw new InvalidInputException(source, line, RdfFiles.complaint(format, e), e);
    }
  }

  private String where(RDFParseException e) {
    String column = e.getColumnNumber() > 0 ? " (column " + e.getColumnNumber() + ")" : "";
    String message = String.valueOf(e.getMessage());
    if (format == RdfFormat.RDFXML && message.contains("DOCTYPE")) {
      return column
          + "; files with a document type declaration are refused, because it can name other files"
          + " and grow without bounds: write the entities out, or convert the file to N-Triples";
    }
    return session.options().badInput().maxSkipped() == 0
        ? column
        : column
            + "; after a syntax error "
            + format.title()
            + " cannot be read on, so it cannot be skipped: mend the file, or convert it to"
            + " N-Triples";
  }
}
