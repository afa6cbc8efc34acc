package ai.kale.examples.dataset;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * PathQuestion's files (Zhou et al., COLING 2018): question, tab, {@code answer(all/answers/)},
 * tab, {@code subject#relation#entity#…#answer#<end>#answer}. Many lines paraphrase one question:
 * they form one group by subject and relations.
 */
final class PathQuestionQuestions {
  private PathQuestionQuestions() {}

  static List<Question> read(Path file, KnowledgeGraph graph) {
    List<String> lines = Lines.read(file);
    String name = file.getFileName().toString().replaceFirst("\\.txt$", "");
    List<Question> questions = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      questions.add(parse(file, i + 1, name + "-" + (i + 1), lines.get(i), graph));
    }
    return questions;
  }

  private static Question parse(Path file, int line, String id, String text, KnowledgeGraph graph) {
    String[] fields = text.split("\t");
    String[] chain = fields.length == 3 ? fields[2].split("#<end>#", -1)[0].split("#", -1) : fields;
    if (fields.length != 3
        || !fields[2].contains("#<end>#")
        || fields[1].indexOf('(') < 1
        || chain.length < 3
        || chain.length % 2 == 0
        || List.of(chain).contains("")) {
      throw new InvalidInputException(
          file.toString(),
          line,
          "expected question, answer(all/answers/) and subject#relation#…#<end>#answer");
    }
    Set<String> answers = new LinkedHashSet<>();
    answers.add(label(graph, fields[1].substring(0, fields[1].indexOf('('))));
    for (String answer :
        fields[1].substring(fields[1].indexOf('(') + 1).replace(")", "").split("/")) {
      if (!answer.isBlank()) {
        answers.add(label(graph, answer));
      }
    }
    List<RelationPaths.Hop> hops = new ArrayList<>();
    for (int i = 1; i < chain.length; i += 2) {
      hops.add(new RelationPaths.Hop(chain[i], false));
    }
    String asked = fields[0].replace(chain[0], label(graph, chain[0])).strip();
    Question question =
        Question.of(id, asked, List.copyOf(answers))
            .withTopics(List.of(chain[0]))
            .withGroup(chain[0] + " | " + hops);
    return RelationPaths.attach(question, hops);
  }

  /** Names as the graph shows them, so that question, rationale and answer agree. */
  private static String label(KnowledgeGraph graph, String id) {
    return graph.entity(id).isPresent()
        ? graph.label(graph.entity(id).getAsInt())
        : id.replace('_', ' ');
  }
}
