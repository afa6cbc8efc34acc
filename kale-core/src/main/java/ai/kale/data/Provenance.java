package ai.kale.data;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an artifact was made: enough to make it again.
 *
 * @param stage what made it, for example {@code "extract"}
 * @param facts names and values, for example {@code graph.snapshot}, {@code seed}; never a secret,
 *     never a time of day
 */
public record Provenance(String stage, SortedMap<String, String> facts) {
  /** Copies the facts. */
  public Provenance {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /**
   * Makes a provenance.
   *
   * @param stage what made the artifact
   * @param facts names and values
   * @return a new object
   */
  public static Provenance of(String stage, Map<String, String> facts) {
    return new Provenance(stage, new TreeMap<>(facts));
  }

  /**
   * The same with one more fact.
   *
   * @param name its name; an earlier value is replaced
   * @param value its value
   * @return a new object
   */
  public Provenance with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(facts);
    more.put(name, value);
    return new Provenance(stage, more);
  }
}
