package ai.kale.kg.link;

import java.util.Locale;

/**
 * How well a linker finds annotated entities. Shares are over all questions together (micro
 * averages).
 *
 * @param questions questions with an annotation
 * @param withoutAnnotation questions without one, which tell nothing
 * @param exact questions of which exactly the annotated entities were found
 * @param ambiguous questions with a mention of more than one candidate
 * @param correct annotated entities that were found
 * @param missed annotated entities of the graph that were not found
 * @param invented entities that were found and not annotated
 * @param notInGraph annotated texts that name no entity of the graph
 */
public record LinkerReport(
    long questions,
    long withoutAnnotation,
    long exact,
    long ambiguous,
    long correct,
    long missed,
    long invented,
    long notInGraph) {
  /** The share of the entities found that are annotated; 0 where none was found. */
  public double precision() {
    return share(correct, correct + invented);
  }

  /** The share of the annotated entities that were found, of those that the graph has. */
  public double recall() {
    return share(correct, correct + missed);
  }

  /** The share of all annotated entities that were found, those not in the graph being missed. */
  public double recallOfAll() {
    return share(correct, correct + missed + notInGraph);
  }

  /** The harmonic mean of precision and recall. */
  public double f1() {
    return share(2 * correct, 2 * correct + missed + invented);
  }

  /** The share of the questions of which exactly the annotated entities were found. */
  public double exactShare() {
    return share(exact, questions);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** Some lines for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%,d annotated questions (%,d without annotation left out), %,d with ambiguous mentions%n"
            + "precision %.2f %%, recall %.2f %%, F1 %.2f %%, exactly right %.2f %%%n"
            + "%,d entities found, %,d missed, %,d not annotated, %,d annotated texts not in the"
            + " graph",
        questions,
        withoutAnnotation,
        ambiguous,
        100 * precision(),
        100 * recall(),
        100 * f1(),
        100 * exactShare(),
        correct,
        missed,
        invented,
        notInGraph);
  }
}
