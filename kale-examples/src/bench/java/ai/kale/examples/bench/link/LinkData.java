package ai.kale.examples.bench.link;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.examples.dataset.QuestionFiles;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.kg.graph.CompactGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Annotated question files and the graphs they are about. */
final class LinkData {
  private LinkData() {}

  /** MetaQA's question files that are there, by name. */
  static Map<String, List<Question>> metaQa(Path folder, CompactGraph graph) {
    Map<String, List<Question>> files = new TreeMap<>();
    for (int hops = 1; hops <= 3; hops++) {
      for (String part : List.of("dev", "test")) {
        String name = hops + "-hop-" + part + ".txt";
        if (Files.exists(folder.resolve(name))) {
          files.put(name, QuestionFiles.read(folder.resolve(name), graph));
        }
      }
    }
    if (files.isEmpty()) {
      throw new SetupException("no file N-hop-dev.txt or N-hop-test.txt in " + folder);
    }
    return files;
  }

  static CompactGraph graph(Path file) {
    if (!Files.exists(file)) {
      throw new SetupException("the file " + file + " is missing");
    }
    return KnowledgeGraphs.read(file);
  }

  /**
   * PathQuestion's questions as they stand in the file: the topic is an id, underscores and all.
   * Paraphrases of one question are a group.
   */
  static List<Question> pathQuestion(Path file) {
    List<Question> questions = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String[] fields = line.split("\t");
      int end = fields.length == 3 ? fields[1].indexOf('(') : -1;
      if (end < 1) {
        throw new InvalidInputException(
            file.toString(), number, "expected question, answer(all/answers/) and a path");
      }
      questions.add(
          Question.of(
                  file.getFileName() + "-" + number,
                  fields[0],
                  List.of(fields[1].substring(0, end)))
              .withTopics(List.of(fields[2].split("#", 2)[0]))
              .withGroup(fields[2]));
    }
    return questions;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + " (" + e + ")", e);
    }
  }
}
