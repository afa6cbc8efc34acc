package ai.kale.rationale;

import ai.kale.data.KnowledgePath;
import ai.kale.data.TripleRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says paths in English, always in the same way: the triples of each path in order, each in its own
 * direction, none twice, and then the answer.
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

  private static final UntrustedLabels ANSWERS = new UntrustedLabels(2000);
  private static final TemplateVerbalizer DEFAULTS =
      new TemplateVerbalizer(
          RelationPhrases.defaults(), DEFAULT_CONCLUSION, UntrustedLabels.DEFAULT);

  private final RelationPhrases phrases;
  private final String conclusion;
  private final UntrustedLabels labels;

  private TemplateVerbalizer(RelationPhrases phrases, String conclusion, UntrustedLabels labels) {
    this.phrases = phrases;
    this.conclusion = conclusion;
    this.labels = labels;
  }

  /** The default phrases and conclusion, labels of at most 200 code points. */
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
    return new TemplateVerbalizer(newPhrases, conclusion, labels);
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
    return new TemplateVerbalizer(phrases, newConclusion, labels);
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
    return new TemplateVerbalizer(phrases, conclusion, newLabels);
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
    Set<TripleRef> said = new LinkedHashSet<>();
    for (KnowledgePath path : paths) {
      for (TripleRef triple : path.triples()) {
        if (said.add(triple)) {
          sentences.add(say(triple));
        }
      }
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
    return phrases.say(
        triple.relation().id(),
        labels.clean(triple.relation().label()),
        labels.clean(triple.subject().label()),
        labels.clean(triple.object().label()));
  }

  /**
   * Names this template in provenance: {@code "template/1"}, with a hash of the settings where they
   * are not the defaults.
   */
  public String id() {
    String settings = phrases + "\n" + conclusion + "\n" + labels;
    String defaults =
        RelationPhrases.defaults() + "\n" + DEFAULT_CONCLUSION + "\n" + UntrustedLabels.DEFAULT;
    return settings.equals(defaults)
        ? "template/1"
        : "template/1+" + Patterns.sha256(List.of(settings)).substring(0, 12);
  }
}
