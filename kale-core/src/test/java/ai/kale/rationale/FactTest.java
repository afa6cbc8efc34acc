package ai.kale.rationale;

import static ai.kale.tck.Samples.back;
import static ai.kale.tck.Samples.entity;
import static ai.kale.tck.Samples.hop;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.TripleRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How the triples of several paths come together in sentences. */
class FactTest {
  private final TemplateVerbalizer template = TemplateVerbalizer.defaults().withConclusion("");

  private String say(KnowledgePath... paths) {
    return template.verbalize(List.of(paths), "");
  }

  private static KnowledgePath path(String source, PathStep... steps) {
    return new KnowledgePath(entity(source), List.of(steps));
  }

  @Test
  void branchesOfOneEntityAreOneSentence() {
    assertThat(
            say(
                path("Kismet", hop("starred actors", "Colman"), hop("born in", "Richmond")),
                path("Kismet", hop("starred actors", "Arnold"), hop("born in", "New York"))))
        .isEqualTo(
            "The starred actors of Kismet are Colman and Arnold. Colman was born in Richmond."
                + " Arnold was born in New York.");
  }

  @Test
  void branchesThatMeetAreOneSentence() {
    assertThat(
            say(
                path("Kismet", hop("starred actors", "Colman"), hop("country", "England")),
                path("Kismet", hop("starred actors", "Craig"), hop("country", "England"))))
        .isEqualTo(
            "The starred actors of Kismet are Colman and Craig. The country of Colman and Craig is"
                + " England.");
  }

  @Test
  void anEntityIsIntroducedBeforeItIsJoined() {
    assertThat(
            say(
                path("Kismet", hop("starred actors", "Colman"), hop("country", "England")),
                path("Kismet", hop("written by", "Knoblock"), hop("country", "England"))))
        .isEqualTo(
            "The starred actors of Kismet include Colman. The country of Colman is England. Kismet"
                + " was written by Knoblock. The country of Knoblock is England.");
  }

  @Test
  void againstTheArrowTheSubjectsAreJoinedAndTheStartIsNotAmongThem() {
    assertThat(
            say(
                path("Kismet", hop("directed by", "Dieterle"), back("directed by", "Salome")),
                path("Kismet", hop("directed by", "Dieterle"), back("directed by", "Fog Island"))))
        .isEqualTo(
            "Kismet was directed by Dieterle. Salome and Fog Island were directed by Dieterle.");
  }

  @Test
  void longListsSayHowManyMoreThereAre() {
    KnowledgePath[] paths =
        IntStream.range(0, 12)
            .mapToObj(i -> path("Kismet", hop("tag", "t" + i)))
            .toArray(KnowledgePath[]::new);
    assertThat(say(paths))
        .isEqualTo("The tags of Kismet are t0, t1, t2, t3, t4, t5, t6, t7 and 4 more.");
    assertThat(template.withListed(11).verbalize(List.of(paths), "")).endsWith("t10 and t11.");
    assertThat(template.withListed(1).verbalize(List.of(paths), ""))
        .startsWith("The tag of Kismet is t0. The tag of Kismet is t1.");
    assertThat(template.withListed(9).id()).isNotEqualTo(template.id());
  }

  @Test
  void namesWithCommasAreToldApart() {
    assertThat(say(path("Ann", hop("home", "Paris, Texas")), path("Ann", hop("home", "Rome"))))
        .isEqualTo("The homes of Ann are Paris, Texas; and Rome.");
    assertThat(say(path("Ann", hop("friend", "Downey Jr."))))
        .isEqualTo("The friend of Ann is Downey Jr.");
  }

  @Test
  void ownPhrasesSayListsAndInverseHops() {
    RelationPhrase child =
        RelationPhrase.of("{object} is a child of {subject}.")
            .withObjects("{subject} has these children: {object}.")
            .withInverse("{subject} is a parent of {object}.");
    TemplateVerbalizer own = template.withPhrases(RelationPhrases.defaults().with("child", child));
    KnowledgePath eve = path("Marie", hop("child", "Eve"));
    KnowledgePath irene = path("Marie", hop("child", "Irene"));
    assertThat(own.verbalize(List.of(eve), "")).isEqualTo("Eve is a child of Marie.");
    assertThat(own.verbalize(List.of(eve, irene), ""))
        .isEqualTo("Marie has these children: Eve and Irene.");
    assertThat(own.verbalize(List.of(path("Eve", back("child", "Marie"))), ""))
        .isEqualTo("Marie is a parent of Eve.");
    List<KnowledgePath> parents =
        List.of(path("Eve", back("child", "Marie")), path("Eve", back("child", "Pierre")));
    assertThat(own.verbalize(parents, ""))
        .isEqualTo("Marie is a parent of Eve. Pierre is a parent of Eve.");
    assertThat(
            own.withPhrases(RelationPhrases.defaults().withDefault("{object}<{subject}."))
                .verbalize(List.of(eve), ""))
        .isEqualTo("Eve<Marie.");
  }

  /** Nothing is lost and nothing is made up: the facts are the triples of the paths, each once. */
  @Property(tries = 500)
  void theFactsAreTheTriplesOfThePaths(@ForAll("paths") List<KnowledgePath> paths) {
    Set<TripleRef> expected = new LinkedHashSet<>();
    paths.forEach(path -> expected.addAll(path.triples()));
    List<TripleRef> said = new ArrayList<>();
    Set<Object> spokenOf = new HashSet<>();
    paths.forEach(path -> spokenOf.add(path.source()));
    for (Fact fact : Fact.of(paths)) {
      said.addAll(fact.triples());
      assertThat(Math.min(fact.subjects().size(), fact.objects().size())).isEqualTo(1);
      // A chain reads on: one side of each fact was spoken of before.
      assertThat(spokenOf.containsAll(fact.inverse() ? fact.objects() : fact.subjects())).isTrue();
      spokenOf.addAll(fact.subjects());
      spokenOf.addAll(fact.objects());
    }
    assertThat(said).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @Provide
  Arbitrary<List<KnowledgePath>> paths() {
    Arbitrary<String> names = Arbitraries.of("A", "B", "C", "D", "E");
    Arbitrary<PathStep> steps =
        Combinators.combine(Arbitraries.of("r", "s"), names, Arbitraries.of(true, false))
            .as((relation, to, back) -> back ? back(relation, to) : hop(relation, to));
    return Combinators.combine(names, steps.list().ofMinSize(1).ofMaxSize(3))
        .as((source, hops) -> new KnowledgePath(entity(source), hops))
        .list()
        .ofMaxSize(6);
  }
}
