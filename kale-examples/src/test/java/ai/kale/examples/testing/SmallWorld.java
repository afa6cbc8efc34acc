package ai.kale.examples.testing;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.ChainQuestions;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** 24 people of 8 cities in 4 countries with 3 currencies: 64 facts, every label invented. */
public final class SmallWorld {
  private static final int PEOPLE = 24;
  private static final int CITIES = 8;
  private static final int COUNTRIES = 4;
  private static final int CURRENCIES = 3;

  private SmallWorld() {}

  /** The facts, in a fixed order. */
  public static List<String[]> triples() {
    List<String[]> triples = new ArrayList<>();
    for (int p = 0; p < PEOPLE; p++) {
      triples.add(new String[] {person(p), "birthplace", city(p % CITIES)});
      if (p % 4 != 0) {
        triples.add(new String[] {person(p), "place_of_death", city((5 * p + 3) % CITIES)});
      }
    }
    for (int c = 0; c < CITIES; c++) {
      triples.add(new String[] {city(c), "country", country(c % COUNTRIES)});
    }
    for (int c = 0; c < COUNTRIES; c++) {
      triples.add(new String[] {country(c), "capital", city(c)});
      triples.add(new String[] {country(c), "currency", currency(c % CURRENCIES)});
    }
    triples.add(new String[] {country(0), "official_language", "Alphan"});
    triples.add(new String[] {country(1), "official_language", "Alphan"});
    triples.add(new String[] {country(1), "official_language", "Betan"});
    triples.add(new String[] {country(2), "official_language", "Betan"});
    triples.add(new String[] {country(3), "official_language", "Gamman"});
    triples.add(new String[] {city(0), "twin_town", city(5)});
    return triples;
  }

  /** The facts as a graph. */
  public static KnowledgeGraph graph() {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    triples().forEach(t -> builder.addTriple(t[0], t[1], t[2]));
    return builder.build();
  }

  /** The facts as a file. */
  public static Path writeGraph(Path file) {
    return write(file, triples().stream().map(t -> String.join("\t", t)).toList());
  }

  /** Every question of two or three hops that at least four heads have. */
  public static List<Question> questions(KnowledgeGraph graph) {
    return new ChainQuestions(GraphFacts.all(graph), 4, 3, 0.9).make(List.of(2, 3));
  }

  /** The questions as a file. */
  public static Path writeQuestions(Path file) {
    try (KnowledgeGraph graph = graph()) {
      JsonlFormat.questions().write(file, questions(graph));
    }
    return file;
  }

  /** Writes lines, each ended by a line feed. */
  public static Path write(Path file, List<String> lines) {
    try {
      return Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String person(int number) {
    return "Person_" + (char) ('A' + number) + "_Smith";
  }

  private static String city(int number) {
    return "City_" + (char) ('A' + number);
  }

  private static String country(int number) {
    return "Land_" + (char) ('A' + number);
  }

  private static String currency(int number) {
    return "coin_" + (char) ('a' + number);
  }
}
