package ai.kale.tck;

/** What a {@link ChatCompletionsServer} can do wrong. */
public enum ServerFault {
  /** Status 429 with {@code Retry-After: 1}. */
  BUSY_WITH_RETRY_AFTER,
  /** Status 429 without a word about when to come back. */
  BUSY,
  /** Status 500, 502, 503 or 504. */
  SERVER_ERROR,
  /** Status 200 and a body that is cut inside its JSON. */
  MALFORMED_JSON,
  /** Status 200, a body shorter than its Content-Length, then the end of the connection. */
  TRUNCATED_BODY,
  /** The connection is reset once the request was read. */
  RESET,
  /** A good reply, a few bytes at a time. */
  SLOW_BODY,
  /** A reply that is paid for and has no text. */
  EMPTY_COMPLETION,
  /** Status 500 and an error that repeats the Authorization header. */
  KEY_ECHO
}
