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
 * @param linesSkipped malformed lines or statements left out, 0 unless the policy allows it
 * @param excluded well-formed statements left out because the options ask for less: other named
 *     graphs, or what a dump holds besides triples and names
 * @param reasons the first few reasons for what was skipped, each with its line
 */
public record LoadReport(
    long triples,
    long duplicates,
    long names,
    long literalsSkipped,
    long linesSkipped,
    long excluded,
    List<String> reasons) {
  /** Copies the reasons. */
  public LoadReport {
    reasons = List.copyOf(reasons);
  }

  /**
   * A report of a load that the options did not narrow.
   *
   * @param triples distinct triples kept
   * @param duplicates exact duplicates dropped
   * @param names labels and aliases kept
   * @param literalsSkipped literals that are no name of anything
   * @param linesSkipped malformed lines left out
   * @param reasons the first few reasons for skipped lines
   */
  public LoadReport(
      long triples,
      long duplicates,
      long names,
      long literalsSkipped,
      long linesSkipped,
      List<String> reasons) {
    this(triples, duplicates, names, literalsSkipped, linesSkipped, 0, reasons);
  }
}
