package ai.kale.data;

/**
 * What a path search read and whether anything was cut.
 *
 * @param arcsRead arcs looked at
 * @param complete whether every path within the hop limit is in the result
 * @param cut why not, empty if complete: for example {@code "maxPaths"} or {@code "maxArcs"}
 */
public record PathReport(long arcsRead, boolean complete, String cut) {
  /**
   * A search that found everything.
   *
   * @param arcsRead arcs looked at
   * @return a report
   */
  public static PathReport complete(long arcsRead) {
    return new PathReport(arcsRead, true, "");
  }

  /**
   * A search that left something out.
   *
   * @param arcsRead arcs looked at
   * @param cut why
   * @return a report
   */
  public static PathReport cut(long arcsRead, String cut) {
    return new PathReport(arcsRead, false, cut);
  }
}
