package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.TripleBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes lines of the common form straight from their bytes. */
final class TripleScreen implements LineScreen {
  private final LoadSession session;
  private final RdfFormat format;
  private final boolean takesDefault;
  private final TermScanner terms = new TermScanner();
  private final TripleBatch batch = new TripleBatch();
  private byte[] lastPredicate = new byte[0];
  private String lastProperty = "";

  TripleScreen(RdfFormat format, LoadSession session) {
    this.format = format;
    this.session = session;
    this.takesDefault = session.takesDefaultGraph();
  }

  @Override
  public boolean take(ByteLines lines) {
    byte[] bytes = lines.bytes();
    if (lines.to() - lines.from() > CompactGraphBuilder.MAX_TEXT_BYTES
        || !terms.scan(bytes, lines.from(), lines.to())) {
      return false;
    }
    boolean named = terms.graphTo > terms.graphFrom;
    if (named && (format == RdfFormat.NTRIPLES || session.mindsGraphs())) {
      return false;
    }
    if (!named && !takesDefault) {
      session.exclude(1);
    } else if (terms.literal) {
      literal(bytes, lines.number());
    } else {
      batch.field(bytes, terms.subjectFrom, terms.subjectTo, 0);
      batch.field(bytes, terms.predicateFrom, terms.predicateTo, 1);
      batch.field(bytes, terms.objectFrom, terms.objectTo, 2);
      batch.endTriple(1, lines.number());
      if (batch.isFull()) {
        flush();
      }
    }
    return true;
  }

  private void literal(byte[] bytes, long line) {
    String property = property(bytes);
    boolean kept = session.rdf().keepsLiteralsOf(property);
    if (!kept && !session.rdf().takesNamesOf(property)) {
      session.rdf().skipLiteral();
      return;
    }
    if (kept) {
      flush();
      session.at(line, "");
    }
    session
        .rdf()
        .addLiteral(
            text(bytes, terms.subjectFrom, terms.subjectTo),
            property,
            text(bytes, terms.objectFrom, terms.objectTo),
            text(bytes, terms.languageFrom, terms.languageTo),
            text(bytes, terms.datatypeFrom, terms.datatypeTo));
  }

  /** The predicate; the same one often comes again. */
  private String property(byte[] bytes) {
    int from = terms.predicateFrom;
    int to = terms.predicateTo;
    if (!Arrays.equals(bytes, from, to, lastPredicate, 0, lastPredicate.length)) {
      lastPredicate = Arrays.copyOfRange(bytes, from, to);
      lastProperty = text(bytes, from, to);
    }
    return lastProperty;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public void flush() {
    if (batch.size() > 0) {
      session.triples().addAll(batch);
      batch.clear();
    }
  }
}
