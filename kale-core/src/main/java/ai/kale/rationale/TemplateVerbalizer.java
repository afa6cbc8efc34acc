package ai.kale.rationale;

import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import ai.kale.data.TripleRef;
import ai.kale.run.Hashes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says paths in English, always in the same way: the triples of each path in order, each in its own
 * direction, none twice, and then the answer. How a triple is said, {@link RelationPhrases} knows.
 * Triples of one relation where paths fork or meet are one sentence, with a list: "The starred
 * actors of Kismet are Ronald Colman, Marlene Dietrich and 7 more."
 *
 * <pre>
 * The birthplace of Marie Curie is Warsaw. The country of Warsaw is Poland. The currency of Poland
 * is Polish zloty. So the answer is Polish zloty.
 * </pre>
 *
 * <p>Immutable. Cost: linear in the length of the text.
 */
public final class TemplateVerbalizer {
  /** What is said last. */
  public static final String DEFAULT_CONCLUSION = "So the answer is {answer}.";

  /** Most names of a list. */
  public static final int DEFAULT_LISTED = 8;

  private static final Pattern JOINED = Pattern.compile("[,;]|\\band\\b", Pattern.CASE_INSENSITIVE);
  private static final UntrustedLabels ANSWERS = new UntrustedLabels(2000);
  private static final TemplateVerbalizer DEFAULTS =
      new TemplateVerbalizer(
          RelationPhrases.defaults(), DEFAULT_CONCLUSION, UntrustedLabels.DEFAULT, DEFAULT_LISTED);

  private final RelationPhrases phrases;
  private final String conclusion;
  private final UntrustedLabels labels;
  private final int listed;

  private TemplateVerbalizer(
      RelationPhrases phrases, String conclusion, UntrustedLabels labels, int listed) {
    this.phrases = phrases;
    this.conclusion = conclusion;
    this.labels = labels;
    this.listed = listed;
  }

  /** The default phrases and conclusion, labels of at most 200 code points, lists of 8 names. */
  public static TemplateVerbalizer defaults() {
    return DEFAULTS;
  }

  /**
   * The same with other phrases.
   *
   * @param newPhrases how a triple is said
   * @return a new verbalizer
   */
  public TemplateVerbalizer withPhrases(RelationPhrases newPhrases) {
    return new TemplateVerbalizer(newPhrases, conclusion, labels, listed);
  }

  /**
   * The same with another last sentence.
   *
   * @param newConclusion with the place {@code {answer}}; empty for none
   * @return a new verbalizer
   * @throws IllegalArgumentException if it is not empty and has no {@code {answer}}
   */
  public TemplateVerbalizer withConclusion(String newConclusion) {
    if (!newConclusion.isEmpty() && !newConclusion.contains("{answer}")) {
      throw new IllegalArgumentException(
          "the conclusion needs the place {answer}, or is empty; got '" + newConclusion + "'");
    }
    return new TemplateVerbalizer(phrases, newConclusion, labels, listed);
  }

  /** The same with a last sentence that does not draw the answer from what was said before. */
  TemplateVerbalizer withoutClaim() {
    return conclusion.isEmpty() ? this : withConclusion(FallbackPaths.CONCLUSION);
  }

  /**
   * The same with another treatment of labels.
   *
   * @param newLabels cleans each label
   * @return a new verbalizer
   */
  public TemplateVerbalizer withLabels(UntrustedLabels newLabels) {
    return new TemplateVerbalizer(phrases, conclusion, newLabels, listed);
  }

  /**
   * The same with shorter or longer lists.
   *
   * @param names most names of a list, at least 1; with 1 nothing is joined. Of a longer list the
   *     first are said, and how many more there are
   * @return a new verbalizer
   */
  public TemplateVerbalizer withListed(int names) {
    if (names < 1) {
      throw new IllegalArgumentException("a list needs at least 1 name; got " + names);
    }
    return new TemplateVerbalizer(phrases, conclusion, labels, names);
  }

  /**
   * Says paths and answer.
   *
   * @param paths said in this order; a triple of several paths is said once
   * @param answer the answer of the question
   * @return sentences joined by spaces; empty if there is neither a path nor a conclusion
   */
  public String verbalize(List<KnowledgePath> paths, String answer) {
    Set<String> sentences = new LinkedHashSet<>();
    for (Fact fact : Fact.of(paths)) {
      say(fact, sentences);
    }
    String facts = String.join(" ", sentences);
    if (conclusion.isEmpty()) {
      return facts;
    }
    String last = Patterns.fill(conclusion, Map.of("answer", ANSWERS.clean(answer)));
    return facts.isEmpty() ? last : facts + " " + last;
  }

  /**
   * Says one triple.
   *
   * @param triple the triple
   * @return a sentence
   */
  public String say(TripleRef triple) {
    return say(triple, phrase(triple).one());
  }

  private void say(Fact fact, Set<String> sentences) {
    TripleRef first = new TripleRef(fact.subjects().get(0), fact.relation(), fact.objects().get(0));
    RelationPhrase phrase = phrase(first);
    String one = fact.inverse() ? phrase.inverse().orElse(phrase.one()) : phrase.one();
    List<String> subjects = names(fact.subjects());
    List<String> objects = names(fact.objects());
    Optional<String> joined =
        subjects.size() > 1
            ? phrase.subjects()
            : objects.size() > 1 ? phrase.objects() : Optional.empty();
    if (joined.isEmpty() || listed == 1) {
      fact.triples().forEach(triple -> sentences.add(say(triple, one)));
    } else {
      sentences.add(
          RelationPhrases.fill(
              joined.get(), labels.clean(fact.relation().label()), list(subjects), list(objects)));
    }
  }

  private String say(TripleRef triple, String pattern) {
    return RelationPhrases.fill(
        pattern,
        labels.clean(triple.relation().label()),
        labels.clean(triple.subject().label()),
        labels.clean(triple.object().label()));
  }

  private RelationPhrase phrase(TripleRef triple) {
    return phrases.phrase(triple.relation().id(), labels.clean(triple.relation().label()));
  }

  private List<String> names(List<EntityRef> entities) {
    return entities.stream().map(entity -> labels.clean(entity.label())).distinct().toList();
  }

  /** "A, B and C", "A; B, Jr.; and C" where a name has one of these, "A, B and 7 more" if long. */
  private String list(List<String> names) {
    if (names.size() == 1) {
      return names.get(0);
    }
    boolean all = names.size() <= listed + 1;
    List<String> said = names.subList(0, all ? names.size() - 1 : listed);
    boolean commas =
        names.subList(0, all ? names.size() : listed).stream()
            .anyMatch(name -> JOINED.matcher(name).find());
    String last = all ? names.get(names.size() - 1) : (names.size() - listed) + " more";
    return String.join(commas ? "; " : ", ", said) + (commas ? "; and " : " and ") + last;
  }

  /**
   * Names this template in provenance: {@code "template/2"}, with a hash of the settings where they
   * are not the defaults.
   */
  public String id() {
    String settings = settings();
    return settings.equals(DEFAULTS.settings())
        ? "template/2"
        : "template/2+" + Hashes.sha256(List.of(settings)).substring(0, 12);
  }

  private String settings() {
    return phrases + "\n" + conclusion + "\n" + labels + "\n" + listed;
  }
}
