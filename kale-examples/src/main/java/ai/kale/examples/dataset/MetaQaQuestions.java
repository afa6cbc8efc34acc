package ai.kale.examples.dataset;

import ai.kale.data.Question;
import ai.kale.dataset.QuestionFormats;
import ai.kale.dataset.QuestionStream;
import ai.kale.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MetaQA's question files with the relation path that each kind of question means; see {@link
 * QuestionFormats#metaQa}.
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
    List<Question> questions = new ArrayList<>();
    try (QuestionStream stream = QuestionFormats.metaQa().open(file)) {
      while (stream.hasNext()) {
        Question question = stream.next();
        questions.add(
            question.extra().get("qtype") instanceof String kind
                ? RelationPaths.attach(question, hops(file, stream.line(), kind))
                : question);
      }
    }
    return questions;
  }

  /** {@code director_to_movie_to_year} is against "directed_by", then along "release_year". */
  private static List<RelationPaths.Hop> hops(Path file, long line, String kind) {
    String[] nouns = kind.split("_to_");
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

  private static InvalidInputException unknown(Path file, long line, String kind) {
    return new InvalidInputException(
        file.toString(), line, "unknown kind of question '" + kind + "'");
  }
}
