package ai.kale.examples.bench.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.kg.link.LabelLinker;
import ai.kale.spi.EntityLinker.Links;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * How fast a question set is linked in one thread, and what the dictionary costs. Time is CPU time
 * of the whole process, compiler and garbage collector included, so that other programs on the
 * machine hardly count.
 *
 * @param names names that differ for the linker
 * @param bytes of the dictionary's arrays
 * @param heap by which the heap grew when it was made, after collecting garbage
 * @param seconds of CPU time it took to make
 * @param questions in the set
 * @param answers of all questions together
 * @param perSecond questions a second of CPU time without their answers
 * @param perSecondWithAnswers the same with their answers, which are linked too
 * @param found mentions found in a pass
 */
record LinkSpeed(
    int names,
    long bytes,
    long heap,
    double seconds,
    int questions,
    long answers,
    double perSecond,
    double perSecondWithAnswers,
    long found) {
  /** CPU time is counted in steps of some milliseconds. */
  private static final int FEWEST_IN_A_PASS = 100_000;

  static LinkSpeed measure(KnowledgeGraph graph, List<Question> questions, int rounds) {
    LabelLinker linker = new LabelLinker();
    long before = usedHeap();
    long begun = cpuNanos();
    LabelLinker.DictionarySize size = linker.prepare(graph);
    double seconds = (cpuNanos() - begun) / 1e9;
    long heap = usedHeap() - before;
    List<Question> bare = questions.stream().map(q -> q.withAnswers(List.of())).toList();
    double[] alone = new double[rounds];
    double[] both = new double[rounds];
    long[] found = new long[1];
    for (int round = 0; round < rounds; round++) {
      alone[round] = pass(linker, graph, bare, found);
      both[round] = pass(linker, graph, questions, new long[1]);
    }
    return new LinkSpeed(
        size.names(),
        size.bytes(),
        heap,
        seconds,
        questions.size(),
        questions.stream().mapToLong(q -> q.answers().size()).sum(),
        medianOfSecondHalf(alone),
        medianOfSecondHalf(both),
        found[0]);
  }

  private static double pass(
      LabelLinker linker, KnowledgeGraph graph, List<Question> questions, long[] found) {
    int repeats = 1 + FEWEST_IN_A_PASS / Math.max(1, questions.size());
    long begun = cpuNanos();
    for (int repeat = 0; repeat < repeats; repeat++) {
      found[0] = 0;
      for (Question question : questions) {
        Links links = linker.link(graph, question);
        found[0] += links.mentions().size();
      }
    }
    long taken = Math.max(1, cpuNanos() - begun);
    return (double) repeats * questions.size() / (taken / 1e9);
  }

  private static double medianOfSecondHalf(double[] values) {
    double[] late = Arrays.copyOfRange(values, values.length / 2, values.length);
    Arrays.sort(late);
    return late[late.length / 2];
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
