package ai.kale.kg.sparql;

import ai.kale.error.SetupException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Asks a query page by page. The query has a total order, so pages neither overlap nor leave gaps
 * while the store does not change.
 */
final class SparqlPages {
  /** A page of so many rows may be one that the endpoint cut without a word. */
  private static final int LARGE = 1000;

  private final Settings settings;
  private final SparqlHttp http;
  private final Retrier retrier;
  // The endpoint sent a page of so many rows, so a shorter one is not cut by its limit.
  private final AtomicInteger longest = new AtomicInteger();
  private volatile long tooDeep = Long.MAX_VALUE;

  SparqlPages(Settings settings) {
    this.settings = settings;
    this.http = new SparqlHttp(settings);
    this.retrier = new Retrier(settings.attempts(), settings.longestWait(), settings.pause());
  }

  private record Page(List<Map<String, Term>> rows, boolean cut) {}

  /**
   * Reports all rows of a query.
   *
   * @throws SortLimitException if there are more rows than the endpoint is ready to sort; some may
   *     have been reported
   */
  void select(String query, Consumer<Map<String, Term>> row)
      throws SortLimitException, InterruptedException {
    long offset = 0;
    Optional<Map<String, Term>> mark = Optional.empty();
    while (true) {
      Page page = page(query, offset);
      if (mark.isPresent() && page.rows.contains(mark.get())) {
        throw new SetupException(
            settings.place()
                + " sent a row of the page before again: it ignores OFFSET, or has more than "
                + page.rows.size()
                + " duplicates of a row. Set a larger pageSize, or use another endpoint");
      }
      page.rows.forEach(row);
      if (!mayGoOn(page)) {
        return;
      }
      offset += page.rows.size();
      mark = page.rows.stream().filter(SparqlPages::keepsItsName).findFirst();
    }
  }

  /** A blank node may have another label in each answer. */
  private static boolean keepsItsName(Map<String, Term> row) {
    return row.values().stream().noneMatch(term -> term.type().equals("bnode"));
  }

  /**
   * Whether another page may follow. Endpoints that cap answers below the page size do so without a
   * word. So a page is not believed to be the last if its length is round, or large and no longer
   * one was ever seen.
   */
  private boolean mayGoOn(Page page) {
    int size = page.rows.size();
    int before = longest.getAndAccumulate(size, Math::max);
    boolean round = size % 100 == 0;
    boolean power = size >= 64 && Integer.bitCount(size) == 1;
    return size > 0
        && (page.cut
            || size == settings.pageSize()
            || round
            || ((size >= LARGE || power) && size >= before));
  }

  private Page page(String query, long offset) throws SortLimitException, InterruptedException {
    long end = offset + settings.pageSize();
    if (end >= tooDeep) {
      throw new SortLimitException(
          settings.place() + " refused to sort " + tooDeep + " rows before");
    }
    String paged = query + "\nLIMIT " + settings.pageSize() + "\nOFFSET " + offset;
    try {
      return retrier.run(() -> ask(paged));
    } catch (SortLimitException e) {
      if (offset == 0) {
        throw new SetupException(e.getMessage() + "; set pageSize to what it allows", e);
      }
      tooDeep = Math.min(tooDeep, end);
      throw e;
    }
  }

  private Page ask(String query)
      throws RetryableException, SortLimitException, InterruptedException {
    HttpResponse<byte[]> response = http.post(query);
    List<Map<String, Term>> rows;
    try {
      rows = ResultsParser.parse(response.body());
    } catch (DamagedAnswerException e) {
      throw new RetryableException(
          "an answer of " + settings.place() + " is damaged or cut short: " + e.getMessage(),
          Duration.ZERO,
          null);
    } catch (NoResultsException e) {
      throw new SetupException(
          settings.place()
              + " answered with JSON that is no SPARQL result: "
              + http.message(response)
              + "; is it a SPARQL endpoint?",
          e);
    }
    if (rows.size() > settings.pageSize()) {
      throw new SetupException(
          settings.place()
              + " ignores LIMIT: it sent "
              + rows.size()
              + " rows for at most "
              + settings.pageSize());
    }
    return new Page(rows, response.headers().firstValue("X-SPARQL-MaxRows").isPresent());
  }

  long requests() {
    return http.requests.sum();
  }
}
