package ai.kale.examples.quickstart;

import java.util.Locale;

/** What the table does and does not show. */
final class Reading {
  private Reading() {}

  static String of(int testQuestions, int seeds, double knownShare) {
    return String.format(
        Locale.ROOT,
        "Accuracy is exact match on %d held-out questions, answered without a rationale; means over %d"
            + " seeds (training sample, noise and order), 95 %% t intervals of paired differences."
            + " \"Known & incorrect\" is the share answered wrongly among the questions whose facts the"
            + " base model knows (here %.0f %% of them, where all are known it is one minus the"
            + " accuracy). \"Facts kept\" are facts that are never replayed. A difference whose interval holds 0 is a tie. This is one small"
            + " model (under a million parameters, one token an entity) on one small graph: it shows"
            + " that the pipeline works and how the methods compare here, and says nothing about large"
            + " models.",
        testQuestions,
        seeds,
        100 * knownShare);
  }
}
