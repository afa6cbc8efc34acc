package ai.kale.data;

/**
 * What a path search read and whether anything was cut.
 *
 * @param arcsRead arcs looked at, as this extractor and backend count them
 * @param complete whether every path that the query allows is in the result
 * @param cut why not, empty if complete: {@value #MAX_PATHS}, {@value #MAX_ARCS}, {@value
 *     #MAX_TIME} or {@value #INTERRUPTED}
 * @param hubs entities at which the query's hub policy left arcs out, as far as the search met
 *     them, which differs between extractors, plans and backends; 0 without a policy
 * @param fallback what the paths are: {@link PathFallback#NONE} if they lead from the question to
 *     the answer. Any other kind says that there is no such path within the limits, also where the
 *     fallback found nothing; then {@code complete} and {@code cut} are about the fallback
 */
public record PathReport(
    long arcsRead, boolean complete, String cut, int hubs, PathFallback fallback) {
  /** There are more paths than were asked for. */
  public static final String MAX_PATHS = "maxPaths";

  /** The budget of arcs was used up. */
  public static final String MAX_ARCS = "maxArcs";

  /** The time was up. */
  public static final String MAX_TIME = "maxTime";

  /** The searching thread was interrupted. */
  public static final String INTERRUPTED = "interrupted";

  /** Checks that a search is complete or says why it is not. */
  public PathReport {
    if (complete != cut.isEmpty()) {
      throw new IllegalArgumentException(
          "a report is complete or says what was cut; got complete=" + complete + ", cut=" + cut);
    }
  }

  /**
   * A search that found everything.
   *
   * @param arcsRead arcs looked at
   * @return a report
   */
  public static PathReport complete(long arcsRead) {
    return of(arcsRead, "", 0);
  }

  /**
   * A search that left something out.
   *
   * @param arcsRead arcs looked at
   * @param cut why
   * @return a report
   */
  public static PathReport cut(long arcsRead, String cut) {
    return of(arcsRead, cut, 0);
  }

  /**
   * A search for paths from the question to the answer.
   *
   * @param arcsRead arcs looked at
   * @param cut why something was left out; empty for nothing
   * @param hubs entities at which arcs were left out
   * @return a report
   */
  public static PathReport of(long arcsRead, String cut, int hubs) {
    return new PathReport(arcsRead, cut.isEmpty(), cut, hubs, PathFallback.NONE);
  }

  /**
   * The same of paths that are a fallback.
   *
   * @param kind which
   * @return a new report
   */
  public PathReport withFallback(PathFallback kind) {
    return new PathReport(arcsRead, complete, cut, hubs, kind);
  }
}
