package ai.kale.examples.bench.path.run;

import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.Question;
import ai.kale.examples.dataset.QuestionFiles;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.path.ExactPathExtractor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * All questions of MetaQA's development files: from the topic to all answers in one query of as
 * many hops as the question has, on all processors.
 */
public final class AllQuestions {
  private static final int WARM_UP = 2000;

  /**
   * What came of the questions of one file.
   *
   * @param hops of the questions
   * @param maxPaths most paths of a query
   * @param questions in the file
   * @param askable those whose topic and at least one answer are in the graph
   * @param threads that extracted
   * @param wallSeconds for all of them
   * @param withPath questions with a path
   * @param answers answers of all questions in the file
   * @param reached those that a path ends at
   * @param paths paths of all queries
   * @param cut queries that had more paths than they returned
   */
  public record Row(
      int hops,
      int maxPaths,
      int questions,
      int askable,
      int threads,
      double wallSeconds,
      long withPath,
      long answers,
      long reached,
      long paths,
      long cut) {}

  private final Path folder;

  /**
   * Names the data.
   *
   * @param folder with {@code kg.tsv} and {@code N-hop-dev.txt}
   */
  public AllQuestions(Path folder) {
    this.folder = folder;
  }

  /**
   * Asks them all.
   *
   * @param hops which files
   * @param maxPaths limits of paths, one after the other
   * @return a row for each file and limit
   */
  public List<Row> run(List<Integer> hops, List<Integer> maxPaths) {
    List<Row> rows = new ArrayList<>();
    try (CompactGraph graph = KnowledgeGraphs.read(folder.resolve("kg.tsv"))) {
      for (int length : hops) {
        List<Question> questions =
            QuestionFiles.read(folder.resolve(length + "-hop-dev.txt"), graph);
        List<PathQuery> queries = queries(graph, questions, length);
        long answers =
            questions.stream().mapToLong(q -> q.answers().stream().distinct().count()).sum();
        for (int limit : maxPaths) {
          List<PathQuery> limited = queries.stream().map(q -> q.withMaxPaths(limit)).toList();
          extract(graph, limited.subList(0, Math.min(WARM_UP, limited.size())));
          rows.add(extract(graph, limited).row(length, limit, questions.size(), answers));
        }
      }
    }
    return rows;
  }

  private static List<PathQuery> queries(CompactGraph graph, List<Question> questions, int hops) {
    List<PathQuery> queries = new ArrayList<>();
    for (Question question : questions) {
      int[] sources = known(graph, question.topics());
      int[] targets = known(graph, question.answers());
      if (sources.length > 0 && targets.length > 0) {
        queries.add(PathQuery.between(sources, targets).withMaxHops(hops));
      }
    }
    return queries;
  }

  private static int[] known(CompactGraph graph, List<String> ids) {
    return Arrays.stream(graph.entities(ids)).filter(handle -> handle >= 0).toArray();
  }

  private static Sums extract(CompactGraph graph, List<PathQuery> queries) {
    ExactPathExtractor extractor = new ExactPathExtractor();
    Sums sums = new Sums(queries.size());
    long start = System.nanoTime();
    queries.parallelStream().forEach(query -> sums.add(extractor.extract(graph, query)));
    sums.seconds = (System.nanoTime() - start) / 1e9;
    return sums;
  }

  private static final class Sums {
    private final int asked;
    private final LongAdder withPath = new LongAdder();
    private final LongAdder reached = new LongAdder();
    private final LongAdder paths = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private double seconds;

    Sums(int asked) {
      this.asked = asked;
    }

    void add(PathResult result) {
      withPath.add(result.paths().isEmpty() ? 0 : 1);
      reached.add(
          result.paths().stream()
              .mapToInt(path -> path.entities()[path.hops()])
              .distinct()
              .count());
      paths.add(result.paths().size());
      cut.add(result.report().complete() ? 0 : 1);
    }

    Row row(int hops, int maxPaths, int questions, long answers) {
      return new Row(
          hops,
          maxPaths,
          questions,
          asked,
          Runtime.getRuntime().availableProcessors(),
          seconds,
          withPath.sum(),
          answers,
          reached.sum(),
          paths.sum(),
          cut.sum());
    }
  }
}
