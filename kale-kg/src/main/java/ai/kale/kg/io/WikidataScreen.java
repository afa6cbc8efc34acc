package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.TripleBatch;
import java.nio.charset.StandardCharsets;

/** Picks triples between items and names out of the lines of a Wikidata dump. */
final class WikidataScreen implements LineScreen {
  private static final String ENTITY = "http://www.wikidata.org/entity/";
  private static final String DIRECT = "http://www.wikidata.org/prop/direct/";
  private static final byte[] ENTITY_BYTES = ENTITY.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIRECT_BYTES = DIRECT.getBytes(StandardCharsets.US_ASCII);

  private final LoadSession session;
  private final boolean iris;
  private final TermScanner terms = new TermScanner();
  private final TripleBatch batch = new TripleBatch();
  private String lastId = "";
  private String lastLabel = "";
  private String lastLanguage = "";

  WikidataScreen(LoadSession session, boolean iris) {
    this.session = session;
    this.iris = iris;
  }

  @Override
  public boolean take(ByteLines lines) {
    byte[] bytes = lines.bytes();
    if (lines.to() - lines.from() > CompactGraphBuilder.MAX_TEXT_BYTES
        || !terms.scan(bytes, lines.from(), lines.to())
        || terms.graphTo > terms.graphFrom) {
      return false;
    }
    int subject = number(bytes, terms.subjectFrom, terms.subjectTo, ENTITY_BYTES);
    if (subject < 0) {
      session.exclude(1);
    } else if (terms.literal) {
      String language = text(bytes, terms.languageFrom, terms.languageTo);
      if (session.rdf().prefers(language)) {
        name(
            text(bytes, terms.subjectFrom, terms.subjectTo),
            text(bytes, terms.predicateFrom, terms.predicateTo),
            text(bytes, terms.objectFrom, terms.objectTo),
            language);
      } else {
        session.exclude(1);
      }
    } else {
      triple(bytes, subject, lines.number());
    }
    return true;
  }

  private void triple(byte[] bytes, int subject, long line) {
    int property = number(bytes, terms.predicateFrom, terms.predicateTo, DIRECT_BYTES);
    int object = number(bytes, terms.objectFrom, terms.objectTo, ENTITY_BYTES);
    if (property < 0 || object < 0 || bytes[subject] != 'Q' || bytes[object] != 'Q') {
      session.exclude(1);
      return;
    }
    batch.field(bytes, iris ? terms.subjectFrom : subject, terms.subjectTo, 0);
    batch.field(bytes, iris ? terms.predicateFrom : property, terms.predicateTo, 1);
    batch.field(bytes, iris ? terms.objectFrom : object, terms.objectTo, 2);
    batch.endTriple(1, line);
    if (batch.isFull()) {
      flush();
    }
  }

  /** Where the Q or P number of an IRI starts, or -1 if it has none. */
  private static int number(byte[] bytes, int from, int to, byte[] namespace) {
    int start = from + namespace.length;
    if (to - start < 2 || (bytes[start] != 'Q' && bytes[start] != 'P')) {
      return -1;
    }
    for (int i = 0; i < namespace.length; i++) {
      if (bytes[from + i] != namespace[i]) {
        return -1;
      }
    }
    for (int i = start + 1; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
    }
    return start;
  }

  /** Adds a triple if it is between items. */
  void triple(String subject, String property, String object, long line) {
    if (number(subject, ENTITY, "Q")
        && number(property, DIRECT, "P")
        && number(object, ENTITY, "Q")) {
      session.at(line, "");
      session.triples().addTriple(id(subject, ENTITY), id(property, DIRECT), id(object, ENTITY));
    } else {
      session.exclude(1);
    }
  }

  /** Adds a name if it is one of an item or property in a language that is asked for. */
  void name(String subject, String property, String text, String language) {
    boolean item = number(subject, ENTITY, "Q");
    if (!(item || number(subject, ENTITY, "P"))
        || !session.rdf().takesNamesOf(property)
        || !session.rdf().prefers(language)) {
      session.exclude(1);
      return;
    }
    String id = item || !iris ? id(subject, ENTITY) : DIRECT + subject.substring(ENTITY.length());
    if (id.equals(lastId) && text.equals(lastLabel) && language.equals(lastLanguage)) {
      session.exclude(1);
      return;
    }
    lastId = id;
    lastLabel = text;
    lastLanguage = language;
    session.rdf().addName(id, property, text, language);
  }

  private String id(String iri, String namespace) {
    return iris ? iri : iri.substring(namespace.length());
  }

  private static boolean number(String iri, String namespace, String letter) {
    int digits = namespace.length() + 1;
    return iri.length() > digits
        && iri.startsWith(namespace)
        && iri.startsWith(letter, namespace.length())
        && iri.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
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
