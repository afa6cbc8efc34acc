package ai.kale.kg.io;

import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.RDFHandler;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.RDFHandlerWrapper;

/** Reads N-Triples and N-Quads; a parser that gives up at a line is followed by a new one. */
final class RdfLines {
  private final RdfFormat format;
  private final LoadSession session;
  private final RdfValues values = new RdfValues();

  RdfLines(RdfFormat format, LoadSession session) {
    this.format = format;
    this.session = session;
  }

  /** Reads all statements of a file. */
  void read(Path file) {
    LineScreen screen = new TripleScreen(format, session);
    read(file, screen, lines -> new StatementSink(session, lines::number));
  }

  /** Reads a file; lines that the screen leaves are parsed for the handler. */
  void read(Path file, LineScreen screen, Function<ByteLines, RDFHandler> handler) {
    try (ByteLines lines = new ByteLines(PackedFiles.open(file), session.bad().source());
        LinesReader reader = new LinesReader(lines, session, screen)) {
      RDFHandler sink = new Flushing(screen, handler.apply(lines));
      boolean more = true;
      while (more) {
        more = !parse(reader, sink, lines);
      }
      screen.flush();
      session.end(lines.number());
    }
  }

  /** Keeps the order of triples: those held back come before the next parsed one. */
  private static final class Flushing extends RDFHandlerWrapper {
    private final LineScreen screen;

    Flushing(LineScreen screen, RDFHandler handler) {
      super(handler);
      this.screen = screen;
    }

    @Override
    public void handleStatement(Statement statement) {
      screen.flush();
      super.handleStatement(statement);
    }
  }

  /** Whether the end was reached. A line that is malformed goes to the bad lines. */
  private boolean parse(LinesReader reader, RDFHandler sink, ByteLines lines) {
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
