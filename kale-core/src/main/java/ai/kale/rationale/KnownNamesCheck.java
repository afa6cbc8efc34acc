package ai.kale.rationale;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.run.Hashes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rationale names only entities of path ∪ question ∪ answer, the question with its passage and
 * instruction, which keeps out what a teacher made up.
 *
 * <p><b>What counts as a name.</b> Without a vocabulary ({@link #capitalized}): every longest run
 * of words that begin with a capital letter, joined by nothing but spaces, hyphens or apostrophes.
 * A word that starts a sentence joins a run only if the next word is capitalised too; function
 * words such as "The" or "So" begin none. With a vocabulary ({@link #of}): every stretch of at most
 * {@value #MAX_WORDS} words that begins with a capital letter or a digit and is a label of the
 * graph, longest first from left to right; a function word alone is none. Lower-case labels are not
 * looked for: in graphs of concepts they are ordinary words.
 *
 * <p><b>What is allowed.</b> A name whose words stand one after the other, case aside, in the
 * question, its instruction or its passage, in an answer, or in the label of an entity or relation
 * of the paths or of a linked entity. So {@code Curie} passes where {@code Marie Curie} is on the
 * path, and the reverse does not. A possessive {@code 's} is ignored.
 *
 * <p>Questions without any path pass: there the teacher was asked to use what it knows. Paths that
 * are a fallback count like others, since the teacher was given them. Cost: O(words) lookups times
 * {@value #MAX_WORDS}.
 */
public final class KnownNamesCheck implements RationaleCheck {
  static final int MAX_WORDS = 8;

  private final Names names;
  private final String name;

  private KnownNamesCheck(Names names, String name) {
    this.names = names;
    this.name = name;
  }

  /** Takes every run of capitalised words for a name; needs no graph. */
  public static KnownNamesCheck capitalized() {
    return new KnownNamesCheck(Names.capitalized(), "known-names(capitalized)");
  }

  /**
   * Takes the labels of a graph for names.
   *
   * @param labels labels as they are written in the graph
   * @return a check that compares them case and all
   */
  public static KnownNamesCheck of(Set<String> labels) {
    Set<String> copy = Set.copyOf(labels);
    String hash = Hashes.sha256(copy.stream().sorted().toList()).substring(0, 12);
    return of(copy::contains, hash);
  }

  /**
   * Takes for a name what a graph knows as a label.
   *
   * @param isLabel whether a text is a label; called often, from several threads
   * @param vocabularyId names the vocabulary in the synthesizer's id, for example a graph snapshot
   * @return a check
   */
  public static KnownNamesCheck of(Predicate<String> isLabel, String vocabularyId) {
    return new KnownNamesCheck(Names.of(isLabel), "known-names(" + vocabularyId + ")");
  }

  /**
   * Takes the labels of all entities that a question set mentions for names: a vocabulary from the
   * grounded file alone, without the graph.
   *
   * <p>Its {@link #name} does not depend on the labels, so that a question added to the set does
   * not have all others asked again: what is in a journal stays as it was checked, against the
   * labels of that day.
   *
   * @param questions the whole set
   * @return a check
   */
  public static KnownNamesCheck ofEntitiesIn(Collection<GroundedQuestion> questions) {
    Set<String> labels = new HashSet<>();
    for (GroundedQuestion question : questions) {
      question.questionEntities().forEach(entity -> labels.add(entity.label()));
      question.answerEntities().forEach(entity -> labels.add(entity.label()));
      for (KnowledgePath path : question.paths()) {
        labels.add(path.source().label());
        path.steps().forEach(step -> labels.add(step.entity().label()));
      }
    }
    return of(Set.copyOf(labels)::contains, "entities");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> problem(GroundedQuestion question, String rationale) {
    if (question.paths().isEmpty()) {
      return Optional.empty();
    }
    String allowed = allowedTexts(question);
    List<String> unknown =
        names.in(rationale).stream()
            .filter(mention -> !Words.contains(allowed, mention))
            .distinct()
            .limit(5)
            .toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "unknown-name: name only what the question, the answer and the facts name; not "
                + unknown.stream()
                    .map(UntrustedLabels.DEFAULT::quoted)
                    .collect(Collectors.joining(", ")));
  }

  /** All allowed texts, normalised, kept apart by a character that no word has. */
  private static String allowedTexts(GroundedQuestion question) {
    StringBuilder texts = new StringBuilder();
    add(question.question().instruction(), texts);
    add(question.question().passage(), texts);
    add(question.question().text(), texts);
    question.question().answers().forEach(answer -> add(answer, texts));
    question.questionEntities().forEach(entity -> add(entity, texts));
    question.answerEntities().forEach(entity -> add(entity, texts));
    for (KnowledgePath path : question.paths()) {
      add(path.source(), texts);
      for (PathStep step : path.steps()) {
        add(step.relation().label(), texts);
        add(step.entity(), texts);
      }
    }
    return texts.toString();
  }

  private static void add(EntityRef entity, StringBuilder texts) {
    add(entity.label(), texts);
    add(UntrustedLabels.DEFAULT.clean(entity.label()), texts);
  }

  private static void add(String text, StringBuilder texts) {
    texts.append(Words.normal(text)).append('|');
  }
}
