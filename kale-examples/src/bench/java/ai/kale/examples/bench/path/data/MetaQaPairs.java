package ai.kale.examples.bench.path.data;

import ai.kale.data.Question;
import ai.kale.error.SetupException;
import ai.kale.examples.dataset.QuestionFiles;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** MetaQA: its graph in numbers, and the topic and one answer of some questions of one length. */
final class MetaQaPairs {
  private MetaQaPairs() {}

  static GraphAndPairs make(PathSpec spec, int hopsOfFile) {
    try (CompactGraph graph = KnowledgeGraphs.read(GraphAndPairs.file(spec, "kg.tsv"))) {
      int[] values = new int[3 * Math.toIntExact(graph.tripleCount().orElseThrow())];
      int[] at = new int[1];
      graph.triples(
          (head, relation, tail, weight) -> {
            values[at[0]++] = head;
            values[at[0]++] = relation;
            values[at[0]++] = tail;
            return true;
          });
      String name = hopsOfFile + "-hop-dev.txt";
      List<Question> questions =
          new ArrayList<>(QuestionFiles.read(GraphAndPairs.file(spec, name), graph));
      Sample sample = sample(graph, questions, spec);
      String note =
          sample.skipped() == 0
              ? ""
              : sample.skipped() + " questions met whose topic or answer is not in the graph";
      return new GraphAndPairs(
          graph.entityCount(),
          graph.relationCount(),
          new IntRows(3, values),
          hops -> sample.pairs(),
          note);
    }
  }

  private record Sample(IntRows pairs, int skipped) {}

  private static Sample sample(CompactGraph graph, List<Question> questions, PathSpec spec) {
    Random random = new Random(spec.seed());
    Collections.shuffle(questions, random);
    int[] pairs = new int[2 * spec.pairs()];
    int found = 0;
    int skipped = 0;
    for (Question question : questions) {
      if (found == spec.pairs()) {
        break;
      }
      String answer = question.answers().get(random.nextInt(question.answers().size()));
      int[] ends = graph.entities(List.of(question.topics().get(0), answer));
      if (ends[0] < 0 || ends[1] < 0) {
        skipped++;
      } else if (ends[0] != ends[1]) {
        pairs[2 * found] = ends[0];
        pairs[2 * found++ + 1] = ends[1];
      }
    }
    if (found < spec.pairs()) {
      throw new SetupException(
          "only " + found + " questions can be asked; lower --pairs to at most that");
    }
    return new Sample(new IntRows(2, pairs), skipped);
  }
}
