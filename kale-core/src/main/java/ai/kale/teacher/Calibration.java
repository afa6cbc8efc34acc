package ai.kale.teacher;

import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;

/** Corrects an estimator by what replies counted. Safe for use by several threads. */
final class Calibration {
  private static final int ENOUGH = 20;
  private static final double MARGIN = 1.05;

  private final TokenEstimator estimator;
  private long replies;
  private double expectedSum;
  private double promptSum;
  private double completionSum;
  private double largestRatio;

  Calibration(TokenEstimator estimator) {
    this.estimator = estimator;
  }

  /** Learns from a reply that counted its tokens. */
  void learn(Prompt prompt, Reply reply) {
    if (reply.promptTokens() <= 0) {
      return;
    }
    double expected = Math.max(1, estimator.expected(prompt));
    synchronized (this) {
      replies++;
      expectedSum += expected;
      promptSum += reply.promptTokens();
      completionSum += reply.completionTokens();
      largestRatio = Math.max(largestRatio, reply.promptTokens() / expected);
    }
  }

  /** What the estimator expects of a prompt, before correction. */
  long estimated(Prompt prompt) {
    return estimator.expected(prompt);
  }

  /** Tokens that a prompt will count on average, by what the estimator expects of it. */
  long corrected(long expected) {
    synchronized (this) {
      return replies == 0 ? expected : Math.round(expected * promptSum / expectedSum);
    }
  }

  /** Tokens that a reply will count on average; a quarter of its limit before any is known. */
  long expectedCompletion(long limit) {
    synchronized (this) {
      long mean = replies == 0 ? limit / 4 : Math.round(completionSum / replies);
      return Math.min(limit, Math.max(1, mean));
    }
  }

  /** Tokens that a prompt can count by what the estimator knows for sure. */
  long promptAtMost(Prompt prompt) {
    return estimator.atMost(prompt);
  }

  /**
   * Tokens that a prompt will hardly exceed: the largest excess seen and a bit, once enough replies
   * came. For rate limits, where a reservation that is far too high costs speed.
   */
  long promptHardlyMore(Prompt prompt) {
    long most = estimator.atMost(prompt);
    long expected = estimator.expected(prompt);
    synchronized (this) {
      return replies < ENOUGH
          ? most
          : Math.min(most, (long) Math.ceil(expected * largestRatio * MARGIN) + 8);
    }
  }

  synchronized long replies() {
    return replies;
  }
}
