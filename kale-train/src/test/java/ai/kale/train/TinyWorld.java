package ai.kale.train;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathReport;
import ai.kale.data.PathStep;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.RelationRef;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.DecoderInitializer;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.WordLevelTokenizerFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Twenty people, four cities, two countries: questions, rationales and an untrained checkpoint. */
public final class TinyWorld {
  public static final int PEOPLE = 20;
  private static final String[] CITIES = {"Paris", "Lyon", "São Paulo", "Rio de Janeiro"};
  private static final String[] COUNTRIES = {"France", "Brazil"};
  private static final RelationRef BORN = new RelationRef("born", "birthplace");
  private static final RelationRef LIES = new RelationRef("lies", "country");

  private TinyWorld() {}

  static EntityRef person(int i) {
    return new EntityRef("p" + i, "Ann " + (char) ('A' + i) + " O'Connor");
  }

  static EntityRef city(int person) {
    return new EntityRef("c" + person % 4, CITIES[person % 4]);
  }

  static EntityRef country(int person) {
    return new EntityRef("k" + person % 4 / 2, COUNTRIES[person % 4 / 2]);
  }

  static KnowledgePath path(int person) {
    return new KnowledgePath(
        person(person),
        List.of(
            new PathStep(BORN, false, city(person)), new PathStep(LIES, false, country(person))));
  }

  /** "Where was X born, and in which country" questions, one for each person. */
  public static List<RationalizedQuestion> questions() {
    List<RationalizedQuestion> all = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      String head = person(i).label();
      String text =
          i % 2 == 0
              ? "In which country was " + head + " born?"
              : "What is the country of the birthplace of " + head + "?";
      all.add(rationalized(Question.of("q" + i, text, List.of(country(i).label())), i));
    }
    return all;
  }

  static RationalizedQuestion rationalized(Question question, int person) {
    Provenance none = Provenance.of("test", Map.of());
    String rationale =
        person(person).label()
            + " was born in "
            + city(person).label()
            + ". "
            + city(person).label()
            + " is in "
            + country(person).label()
            + ".";
    return new RationalizedQuestion(
        new GroundedQuestion(
            question,
            List.of(person(person)),
            List.of(country(person)),
            List.of(),
            List.of(path(person)),
            PathReport.complete(3),
            none,
            Map.of()),
        new Rationale(rationale, "test", 0, 0),
        none,
        Map.of());
  }

  /** One-hop facts: where each person was born. */
  public static List<Question> facts() {
    List<Question> facts = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      String text = "In which city was " + person(i).label() + " born?";
      facts.add(Question.of("f" + i, text, List.of(city(i).label())));
    }
    return facts;
  }

  static List<String> labels() {
    List<String> labels = new ArrayList<>(List.of(CITIES));
    labels.addAll(List.of(COUNTRIES));
    for (int i = 0; i < PEOPLE; i++) {
      labels.add(person(i).label());
    }
    return labels;
  }

  /** The tokenizer of all texts above. */
  public static WordLevelTokenizerFile tokenizer() {
    PromptFormat format = PromptFormat.standard();
    List<String> texts = new ArrayList<>();
    for (RationalizedQuestion q : questions()) {
      texts.add(format.readingPrompt(q.rationale().text(), q.question().text()));
      texts.add(format.rationaleCompletion(q.rationale().text(), q.question().answer()));
    }
    facts().forEach(f -> texts.add(format.prompt(f.text()) + " " + f.answer()));
    return WordLevelTokenizerFile.of(texts, labels());
  }

  /** An untrained two-layer model of width 32 with its tokenizer. */
  public static Path checkpoint(Path folder) {
    return checkpoint(folder, 7);
  }

  static Path checkpoint(Path folder, long seed) {
    WordLevelTokenizerFile tokenizer = tokenizer();
    tokenizer.write(folder);
    DecoderConfig config =
        DecoderConfig.small(tokenizer.tokens().size(), 32, 64, 2, 2, 64)
            .withSpecialTokens(null, 1, 0);
    DecoderInitializer.create(folder, config, seed);
    return folder;
  }
}
