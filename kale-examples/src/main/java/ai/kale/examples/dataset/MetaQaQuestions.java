package ai.kale.examples.dataset;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MetaQA's question files (Zhang et al., AAAI 2018): the question with its topic in {@code
 * [brackets]}, a tab, answers separated by {@code '|'}; beside {@code N-hop-X.txt} the kind of each
 * question may stand in {@code N-hop-X-qtype.txt}, line by line.
 */
final class MetaQaQuestions {
  private static final Map<String, String> MOVIE_TO =
      Map.of(
          "actor", "starred_actors",
          "director", "directed_by",
          "writer", "written_by",
          "year", "release_year",
          "language", "in_language",
          "genre", "has_genre",
          "tag", "has_tags",
          "tags", "has_tags",
          "imdbrating", "has_imdb_rating",
          "imdbvotes", "has_imdb_votes");

  private MetaQaQuestions() {}

  static List<Question> read(Path file) {
    List<String> lines = Lines.read(file);
    String name = file.getFileName().toString().replaceFirst("\\.txt$", "");
    Path kindsFile = file.resolveSibling(name + "-qtype.txt");
    List<String> kinds = Files.exists(kindsFile) ? Lines.read(kindsFile) : List.of();
    if (!kinds.isEmpty() && kinds.size() != lines.size()) {
      throw new InvalidInputException(
          kindsFile.toString(),
          0,
          "has " + kinds.size() + " lines, but " + file + " has " + lines.size());
    }
    List<Question> questions = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Optional<String> kind = kinds.isEmpty() ? Optional.empty() : Optional.of(kinds.get(i));
      questions.add(parse(file, i + 1, name + "-" + (i + 1), lines.get(i), kind));
    }
    return questions;
  }

  private static Question parse(
      Path file, int line, String id, String text, Optional<String> kind) {
    int tab = text.indexOf('\t');
    int open = text.indexOf('[');
    int close = text.indexOf(']', open + 1);
    boolean laidOut = tab >= 0 && open >= 0 && close >= 0 && close < tab;
    String topic = laidOut ? text.substring(open + 1, close) : "";
    List<String> answers = List.of(text.substring(tab + 1).strip().split("\\|", -1));
    if (topic.isBlank() || answers.stream().anyMatch(String::isBlank)) {
      throw new InvalidInputException(
          file.toString(),
          line,
          "expected a question with its topic in [brackets], a tab, and answers");
    }
    String asked = text.substring(0, open) + topic + text.substring(close + 1, tab);
    Question question = Question.of(id, asked.strip(), answers).withTopics(List.of(topic));
    if (kind.isEmpty()) {
      return question;
    }
    return RelationPaths.attach(
        question.withGroup(topic + " | " + kind.get()), hops(file, line, kind.get()));
  }

  /** {@code director_to_movie_to_year} is against "directed_by", then along "release_year". */
  private static List<RelationPaths.Hop> hops(Path file, int line, String kind) {
    String[] nouns = kind.strip().split("_to_");
    List<RelationPaths.Hop> hops = new ArrayList<>();
    for (int i = 1; i < nouns.length; i++) {
      boolean fromMovie = nouns[i - 1].equals("movie");
      String relation = MOVIE_TO.get(fromMovie ? nouns[i] : nouns[i - 1]);
      if (relation == null || (!fromMovie && !nouns[i].equals("movie"))) {
        throw unknown(file, line, kind);
      }
      hops.add(new RelationPaths.Hop(relation, !fromMovie));
    }
    if (hops.isEmpty()) {
      throw unknown(file, line, kind);
    }
    return hops;
  }

  private static InvalidInputException unknown(Path file, int line, String kind) {
    return new InvalidInputException(
        file.toString(), line, "unknown kind of question '" + kind + "'");
  }
}
