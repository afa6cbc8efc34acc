package ai.kale.kg.io;

import ai.kale.kg.rdf.NameProperties;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of one load of a Wikidata dump. A text that comes again in the next lines, under
 * another property that gives names, is added once, as the best of them. The names of properties
 * wait until all triples are known: one that is no relation of the graph gets no name.
 */
final class WikidataNames {
  /** The number of a property is far below; there are about 13,000. */
  private static final int MOST = 1 << 24;

  private final LoadSession session;
  private final NameProperties properties;
  private final BitSet relations = new BitSet();
  private final Set<String> unusualRelations = new HashSet<>();
  private final List<Name> waiting = new ArrayList<>();
  private Name last = new Name("", "", "", "", "");

  /**
   * A name.
   *
   * @param id the id that gets it, empty for none
   * @param relation {@code P…} where it is the name of a property, else empty
   */
  private record Name(String id, String relation, String property, String text, String language) {
    boolean repeats(Name other) {
      return id.equals(other.id) && text.equals(other.text) && language.equals(other.language);
    }
  }

  WikidataNames(LoadSession session) {
    this.session = session;
    this.properties = session.options().rdf().names();
  }

  /** A property is a relation of the graph; the bytes are {@code P} and digits. */
  void relation(byte[] bytes, int from, int to) {
    int number = number(bytes, from + 1, to);
    if (number >= 0) {
      relations.set(number);
    } else {
      unusualRelations.add(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }
  }

  private boolean isRelation(String property) {
    byte[] bytes = property.getBytes(StandardCharsets.US_ASCII);
    int number = number(bytes, 1, bytes.length);
    return number >= 0 ? relations.get(number) : unusualRelations.contains(property);
  }

  /** The number that the digits stand for; -1 if it is large or they are not its usual form. */
  private static int number(byte[] digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + digits[i] - '0';
      if (number >= MOST || number == 0) {
        return -1;
      }
    }
    return number;
  }

  /**
   * Adds a name.
   *
   * @param id the id that gets it
   * @param relation {@code P…} if it is the name of a property, else empty
   * @param property the property that gives the name
   * @throws IllegalArgumentException if the text cannot be a name
   */
  void add(String id, String relation, String property, String text, String language) {
    Texts.check(id);
    Texts.check(text);
    Name name = new Name(id, relation, property, text, language);
    if (!name.repeats(last)) {
      pass(last);
      last = name;
      return;
    }
    session.exclude(1);
    if (properties.rank(property) < properties.rank(last.property)) {
      last = name;
    }
  }

  private void pass(Name name) {
    if (!name.relation.isEmpty()) {
      waiting.add(name);
    } else if (!name.id.isEmpty()) {
      session.rdf().addName(name.id, name.property, name.text, name.language);
    }
  }

  /** Adds what waits: all triples are known. */
  void end() {
    pass(last);
    for (Name name : waiting) {
      if (isRelation(name.relation)) {
        session.rdf().addName(name.id, name.property, name.text, name.language);
      } else {
        session.exclude(1);
      }
    }
  }
}
