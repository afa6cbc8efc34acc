package ai.kale.tck;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which share of requests goes wrong, and how. Immutable. What happens to a request depends on the
 * seed, its prompt and how often that prompt was asked before, never on time or threads.
 */
public final class ServerFaults {
  private final long seed;
  private final Map<ServerFault, Double> shares;

  private ServerFaults(long seed, Map<ServerFault, Double> shares) {
    this.seed = seed;
    this.shares = shares;
  }

  /** A server that does nothing wrong. */
  public static ServerFaults none() {
    return new ServerFaults(0, new EnumMap<>(ServerFault.class));
  }

  /**
   * A bad day: 10 % status 429, half of them with Retry-After; 5 % server errors; 3 % malformed or
   * truncated replies; 2 % resets; 2 % slow bodies; 1 % empty completions.
   *
   * @param seed decides which requests
   */
  public static ServerFaults badDay(long seed) {
    return none()
        .withSeed(seed)
        .with(ServerFault.BUSY_WITH_RETRY_AFTER, 0.05)
        .with(ServerFault.BUSY, 0.05)
        .with(ServerFault.SERVER_ERROR, 0.045)
        .with(ServerFault.KEY_ECHO, 0.005)
        .with(ServerFault.MALFORMED_JSON, 0.015)
        .with(ServerFault.TRUNCATED_BODY, 0.015)
        .with(ServerFault.RESET, 0.02)
        .with(ServerFault.SLOW_BODY, 0.02)
        .with(ServerFault.EMPTY_COMPLETION, 0.01);
  }

  /**
   * With another seed.
   *
   * @param another decides which requests
   */
  public ServerFaults withSeed(long another) {
    return new ServerFaults(another, shares);
  }

  /**
   * With a share of one fault.
   *
   * @param fault what goes wrong
   * @param share of the requests, from 0 to 1; all shares together at most 1
   */
  public ServerFaults with(ServerFault fault, double share) {
    EnumMap<ServerFault, Double> changed = new EnumMap<>(ServerFault.class);
    changed.putAll(shares);
    changed.put(fault, share);
    double sum = changed.values().stream().mapToDouble(Double::doubleValue).sum();
    if (share < 0 || sum > 1 + 1e-9) {
      throw new IllegalArgumentException("shares must be from 0 and sum to at most 1: " + changed);
    }
    return new ServerFaults(seed, changed);
  }

  /** What goes wrong with the n-th request of a prompt. */
  Optional<ServerFault> draw(String promptHash, int asked) {
    double drawn = random(promptHash, asked).nextDouble();
    for (Map.Entry<ServerFault, Double> entry : shares.entrySet()) {
      drawn -= entry.getValue();
      if (drawn < 0) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  /** Further draws for the same request. */
  SplittableRandom random(String promptHash, int asked) {
    long prompt = Long.parseUnsignedLong(promptHash.substring(0, 16), 16);
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + prompt + 31L * asked);
  }

  @Override
  public String toString() {
    return "seed " + seed + " " + shares;
  }
}
