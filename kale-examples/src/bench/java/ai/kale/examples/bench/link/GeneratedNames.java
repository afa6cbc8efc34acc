package ai.kale.examples.bench.link;

import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A graph of entities with names of two to four made-up words, and questions about some of them.
 * Words are drawn by a square law from a vocabulary, so that many names begin alike; one name of
 * ten has a letter that is not ASCII.
 */
final class GeneratedNames {
  private static final int WORDS = 60_000;
  private static final int QUESTIONS = 20_000;
  private static final String[] BEGINNINGS = {
    "ba", "cor", "da", "fel", "gri", "ha", "jo", "ka", "lin", "mar", "no", "pe", "qui", "ros", "sta"
  };
  private static final String[] ENDINGS = {
    "n", "ra", "ton", "vik", "lla", "s", "mond", "é", "tis", "wa", "der", "no", "ly", "ck", "ü"
  };
  private static final String[] PHRASES = {
    "who directed the film %s and when",
    "where was %s born",
    "what is the country of %s",
    "which people wrote books about %s",
    "the films that share actors with %s were released when"
  };

  private final SplittableRandom random;
  private final String[] words = new String[WORDS];

  GeneratedNames(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < WORDS; i++) {
      String middle = i % 7 == 0 ? "" : BEGINNINGS[random.nextInt(BEGINNINGS.length)];
      String word =
          BEGINNINGS[random.nextInt(BEGINNINGS.length)]
              + middle
              + ENDINGS[random.nextInt(ENDINGS.length)]
              + (i % 3 == 0 ? ENDINGS[random.nextInt(ENDINGS.length)] : "");
      words[i] = Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
  }

  private String name(int number) {
    StringBuilder name = new StringBuilder();
    int count = 2 + number % 3;
    for (int i = 0; i < count; i++) {
      double drawn = random.nextDouble();
      name.append(i == 0 ? "" : " ").append(words[(int) (drawn * drawn * WORDS)]);
    }
    return name.toString();
  }

  /** Adds entities with a name each, and asks about evenly chosen ones of them. */
  List<Question> fill(CompactGraphBuilder builder, int labels) {
    List<Question> questions = new ArrayList<>();
    int step = Math.max(1, labels / QUESTIONS);
    for (int i = 0; i < labels; i++) {
      String name = name(i);
      builder.addLabel("Q" + i, name);
      if (i % step == 0) {
        String text = PHRASES[random.nextInt(PHRASES.length)].replace("%s", name);
        questions.add(Question.of("q" + i, text, List.of(name)));
      }
    }
    return questions;
  }

  /**
   * A graph and its questions.
   *
   * @param graph without triples
   * @param questions about one entity each
   */
  record Filled(CompactGraph graph, List<Question> questions) {}

  static Filled make(long seed, int labels) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    List<Question> questions = new GeneratedNames(seed).fill(builder, labels);
    return new Filled(builder.build(), questions);
  }
}
