package ai.kale.kg.graph;

import java.util.List;

/**
 * What loading a graph kept and left out.
 *
 * @param triples distinct triples kept
 * @param duplicates exact duplicates dropped
 * @param names labels and aliases kept
 * @param literalsSkipped literals that are no name of anything: values, and labels in languages not
 *     asked for where there is a better one
 * @param linesSkipped malformed lines left out, 0 unless the policy allows it
 * @param reasons the first few reasons for skipped lines, each with its line
 */
public record LoadReport(
    long triples,
    long duplicates,
    long names,
    long literalsSkipped,
    long linesSkipped,
    List<String> reasons) {
  /** Copies the reasons. */
  public LoadReport {
    reasons = List.copyOf(reasons);
  }
}
