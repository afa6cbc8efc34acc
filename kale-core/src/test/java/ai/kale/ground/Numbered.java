package ai.kale.ground;

import ai.kale.PathExtractor;
import ai.kale.data.Question;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.spi.EntityLinker;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Questions with a number; each has one path, and a hook is told when it is searched. */
final class Numbered {
  static final int ENTITIES = 300;

  private static final ToyGraph GRAPH = graph();

  private Numbered() {}

  private static ToyGraph graph() {
    ToyGraph graph = new ToyGraph();
    IntStream.range(0, ENTITIES).forEach(i -> graph.add("s" + i, "r", "t" + i));
    return graph;
  }

  static Question question(int number) {
    return Question.of("q" + number, "Where does S" + number + " lead, ż?", List.of("T" + number));
  }

  static List<Question> questions(int count) {
    return IntStream.range(0, count).mapToObj(Numbered::question).toList();
  }

  static QuestionGrounder grounder() {
    return grounder(number -> {});
  }

  static QuestionGrounder grounder(IntConsumer hook) {
    PathExtractor toy = new ToyStages.Extractor();
    return grounder(
        (graph, query) -> {
          hook.accept(query.sources()[0] / 2);
          return toy.extract(graph, query);
        });
  }

  static QuestionGrounder grounder(PathExtractor extractor) {
    EntityLinker linker =
        (graph, question) -> {
          int number = Integer.parseInt(question.id().substring(1)) % ENTITIES;
          return new EntityLinker.Links(List.of(2 * number), List.of(2 * number + 1), List.of());
        };
    return QuestionGrounder.of(GRAPH, linker, extractor);
  }

  /** What a run over so many questions writes, made from the list in memory. */
  static String whole(int count) {
    return grounder().withThreads(1).ground(questions(count)).stream()
        .map(record -> JsonlFormat.groundedQuestions().toLine(record) + "\n")
        .collect(Collectors.joining());
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }
}
