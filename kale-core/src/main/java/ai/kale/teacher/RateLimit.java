package ai.kale.teacher;

/**
 * What a service allows in any 60 seconds.
 *
 * @param requestsPerMinute most requests, 0 for no limit
 * @param tokensPerMinute most tokens, those read and those written together, 0 for no limit
 */
public record RateLimit(long requestsPerMinute, long tokensPerMinute) {
  /** Checks the range. */
  public RateLimit {
    if (requestsPerMinute < 0 || tokensPerMinute < 0) {
      throw new IllegalArgumentException(
          "a rate limit is 0 (none) or more; got "
              + requestsPerMinute
              + " requests and "
              + tokensPerMinute
              + " tokens");
    }
  }

  /** No limit: for a server of one's own. */
  public static RateLimit none() {
    return new RateLimit(0, 0);
  }

  /**
   * A limit of requests only.
   *
   * @param perMinute at least 1
   */
  public static RateLimit ofRequests(long perMinute) {
    return new RateLimit(positive(perMinute), 0);
  }

  /**
   * A limit of tokens only.
   *
   * @param perMinute at least 1
   */
  public static RateLimit ofTokens(long perMinute) {
    return new RateLimit(0, positive(perMinute));
  }

  /** Whether requests are limited. */
  public boolean limitsRequests() {
    return requestsPerMinute > 0;
  }

  /** Whether tokens are limited. */
  public boolean limitsTokens() {
    return tokensPerMinute > 0;
  }

  private static long positive(long perMinute) {
    if (perMinute < 1) {
      throw new IllegalArgumentException("a limit must be at least 1; got " + perMinute);
    }
    return perMinute;
  }
}
