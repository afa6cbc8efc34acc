package ai.kale.examples.bench.store;

/** Ids of the generated graph, and the numbers in them. */
final class Ids {
  static final String ENTITY_IRI = "http://www.wikidata.org/entity/Q";

  private Ids() {}

  /** The number that an id or IRI ends with. */
  static int number(String id) {
    int from = id.length();
    while (from > 0 && Character.isDigit(id.charAt(from - 1))) {
      from--;
    }
    return Integer.parseInt(id.substring(from));
  }

  static String iri(int number) {
    return ENTITY_IRI + number;
  }
}
