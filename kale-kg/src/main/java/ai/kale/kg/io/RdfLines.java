package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;

/** Reads N-Triples and N-Quads; a parser that gives up at a line is followed by a new one. */
final class RdfLines {
  private final RdfFormat format;
  private final LoadSession session;
  private final RdfValues values = new RdfValues();

  RdfLines(RdfFormat format, LoadSession session) {
    this.format = format;
    this.session = session;
  }

  void read(Path file) {
    BadLines bad = session.bad();
    try (StrictLines lines = new StrictLines(PackedFiles.open(file), bad.source(), bad);
        LinesReader reader = new LinesReader(lines, session)) {
      StatementSink sink = new StatementSink(session, lines::number);
      boolean more = true;
      while (more) {
        more = !parse(reader, sink, lines);
      }
      session.end(lines.number());
    }
  }

  /** Whether the end was reached. A line that is malformed goes to the bad lines. */
  private boolean parse(LinesReader reader, StatementSink sink, StrictLines lines) {
    RDFParser parser = RdfFiles.parser(format, values);
    parser.setRDFHandler(sink);
    try {
      parser.parse(reader, "");
      return true;
    } catch (RDFParseException | IndexOutOfBoundsException e) {
      // Of a line that ends early the parser may also read past the end.
      session.bad().add(lines.number(), RdfFiles.complaint(format, e));
      return false;
    } catch (KaleException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidInputException(
          session.bad().source(), lines.number(), "cannot be read: " + e.getMessage(), e);
    }
  }
}
