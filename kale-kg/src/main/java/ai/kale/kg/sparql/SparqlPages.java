package ai.kale.kg.sparql;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks a query page by page. The query has a total order, so pages neither overlap nor leave gaps
 * while the store does not change.
 */
final class SparqlPages {
  private final Settings settings;
  private final SparqlHttp http;
  private final Retrier retrier;

  SparqlPages(Settings settings) {
    this.settings = settings;
    this.http = new SparqlHttp(settings);
    this.retrier = new Retrier(settings.attempts(), settings.longestWait(), settings.pause());
  }

  private record Page(List<Map<String, Term>> rows, boolean cut) {}

  void select(String query, Consumer<Map<String, Term>> row) throws InterruptedException {
    long offset = 0;
    while (true) {
      String paged = query + "\nLIMIT " + settings.pageSize() + "\nOFFSET " + offset;
      Page page = retrier.run(() -> page(paged));
      page.rows.forEach(row);
      if (!mayGoOn(page)) {
        return;
      }
      offset += page.rows.size();
    }
  }

  /**
   * Whether another page may follow. Endpoints that cap answers below the page size do so without a
   * word, but at a round number: a page of such a length is not believed to be the last.
   */
  private boolean mayGoOn(Page page) {
    int size = page.rows.size();
    return size > 0 && (page.cut || size == settings.pageSize() || size % 100 == 0);
  }

  private Page page(String query) throws RetryableException, InterruptedException {
    HttpResponse<byte[]> response = http.post(query);
    try {
      List<Map<String, Term>> rows = ResultsParser.parse(response.body());
      if (rows.size() > settings.pageSize()) {
        throw new SetupException(
            settings.place()
                + " ignores LIMIT: it sent "
                + rows.size()
                + " rows for at most "
                + settings.pageSize());
      }
      return new Page(rows, response.headers().firstValue("X-SPARQL-MaxRows").isPresent());
    } catch (IOException e) {
      throw new RetryableException(
          "an answer of " + settings.place() + " is damaged or cut short: " + firstLine(e),
          Duration.ZERO,
          e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  long requests() {
    return http.requests.sum();
  }
}
