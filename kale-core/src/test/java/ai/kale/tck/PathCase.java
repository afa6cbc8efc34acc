package ai.kale.tck;

import ai.kale.Direction;
import ai.kale.PathMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A random graph and what to search in it.
 *
 * @param triples subject, relation and object ids; perhaps a fourth column, the weight
 * @param sources entity ids; perhaps not in the graph
 * @param targets entity ids; perhaps not in the graph
 * @param direction which arcs
 * @param mode simple paths or trails
 * @param maxHops longest path
 * @param choice from 0 to 999: chooses among the settings that one test is about
 */
public record PathCase(
    List<String[]> triples,
    List<String> sources,
    List<String> targets,
    Direction direction,
    PathMode mode,
    int maxHops,
    int choice) {
  /** One of the settings, by {@link #choice}. */
  <T> T choose(List<T> settings) {
    return settings.get(choice % settings.size());
  }

  /** The distinct triples. */
  Set<List<String>> model() {
    Set<List<String>> model = new LinkedHashSet<>();
    triples.forEach(triple -> model.add(List.of(triple[0], triple[1], triple[2])));
    return model;
  }

  /** For reports of jqwik. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    triples.forEach(triple -> text.append(String.join(" ", triple)).append(". "));
    return text
        + " from "
        + sources
        + " to "
        + targets
        + " "
        + direction
        + " "
        + mode
        + " hops="
        + maxHops
        + " choice="
        + choice;
  }
}
