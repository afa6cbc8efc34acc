package ai.kale.kg.link;

/** Counts compared questions. */
final class LinkerTally {
  private long withoutAnnotation;
  private long questions;
  private long exact;
  private long ambiguous;
  private long correct;
  private long missed;
  private long invented;
  private long notInGraph;

  void addWithoutAnnotation() {
    withoutAnnotation++;
  }

  void add(LinkedQuestion compared) {
    questions++;
    exact += compared.exact() ? 1 : 0;
    ambiguous += compared.ambiguous() > 0 ? 1 : 0;
    correct += compared.correct().size();
    missed += compared.missed().size();
    invented += compared.invented().size();
    notInGraph += compared.notInGraph();
  }

  LinkerReport report() {
    return new LinkerReport(
        questions, withoutAnnotation, exact, ambiguous, correct, missed, invented, notInGraph);
  }
}
