package ai.kale.rationale;

import static ai.kale.tck.Samples.back;
import static ai.kale.tck.Samples.curiePath;
import static ai.kale.tck.Samples.entity;
import static ai.kale.tck.Samples.hop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.EntityRef;
import ai.kale.data.KnowledgePath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TemplateVerbalizerTest {
  private final TemplateVerbalizer template = TemplateVerbalizer.defaults();

  @Test
  void saysTheTriplesInOrderAndTheAnswer() {
    assertThat(template.verbalize(List.of(curiePath()), "Polish zloty"))
        .isEqualTo(
            "The birthplace of Marie Curie is Warsaw. The country of Warsaw is Poland. The currency"
                + " of Poland is Polish zloty. So the answer is Polish zloty.");
  }

  @Test
  void saysAnInverseHopInItsOwnDirection() {
    KnowledgePath path = new KnowledgePath(entity("Warsaw"), List.of(back("capital", "Poland")));
    assertThat(template.withConclusion("").verbalize(List.of(path), "Poland"))
        .isEqualTo("The capital of Poland is Warsaw.");
  }

  @Test
  void saysASharedTripleOnce() {
    KnowledgePath shorter =
        new KnowledgePath(
            entity("Marie Curie"), List.of(hop("birthplace", "Warsaw"), hop("country", "Poland")));
    String text = template.verbalize(List.of(shorter, curiePath()), "Polish zloty");
    assertThat(text.split("birthplace", -1)).hasSize(2);
    assertThat(text).isEqualTo(template.verbalize(List.of(curiePath()), "Polish zloty"));
  }

  @Test
  void takesOwnPhrasesAndKeepsPlacesInsideLabels() {
    RelationPhrases phrases =
        RelationPhrases.of(Map.of("birthplace", "{subject} was born in {object}."));
    KnowledgePath path =
        new KnowledgePath(
            entity("{object}"), List.of(hop("birthplace", "{subject}"), hop("country", "C")));
    TemplateVerbalizer own = template.withPhrases(phrases).withConclusion("Hence {answer}!");
    assertThat(own.verbalize(List.of(path), "{answer}"))
        .isEqualTo(
            "{object} was born in {subject}. The country of {subject} is C. Hence {answer}!");
    assertThatThrownBy(() -> RelationPhrases.of(Map.of("r", "{subject} sleeps.")))
        .hasMessageContaining("r: a phrase needs the places {subject} and {object}");
    assertThatThrownBy(() -> template.withConclusion("Done.")).hasMessageContaining("{answer}");
  }

  @Test
  void aListWhoseNamesHoldCommasOrAndIsJoinedBySemicolons() {
    assertThat(listed(9, "Emma", "Kismet", "Butch, Sundance and Nash"))
        .isEqualTo("The actors of X are Emma; Kismet; and Butch, Sundance and Nash.");
    assertThat(listed(9, "Emma", "Butch and Nash"))
        .isEqualTo("The actors of X are Emma; and Butch and Nash.");
    assertThat(listed(9, "And Then", "Kismet", "Emma"))
        .isEqualTo("The actors of X are And Then; Kismet; and Emma.");
    assertThat(listed(9, "Andes", "Kismet", "Poland"))
        .isEqualTo("The actors of X are Andes, Kismet and Poland.");
    assertThat(listed(2, "A", "B", "Ann and Bob", "C"))
        .isEqualTo("The actors of X are A, B and 2 more.");
  }

  private String listed(int most, String... names) {
    List<KnowledgePath> paths =
        Arrays.stream(names)
            .map(name -> new KnowledgePath(entity("X"), List.of(hop("actor", name))))
            .toList();
    return template.withConclusion("").withListed(most).verbalize(paths, "A");
  }

  @Test
  void namesItsSettings() {
    assertThat(template.id()).isEqualTo("template/2");
    assertThat(template.withConclusion("").id())
        .startsWith("template/2+")
        .isNotEqualTo(template.withLabels(new UntrustedLabels(50)).id());
  }

  @Test
  void cleansLabels() {
    UntrustedLabels labels = new UntrustedLabels(10);
    assertThat(labels.clean(" a\r\n\u202eb\u0007  c ")).isEqualTo("a b c");
    assertThat(labels.clean("\u0000")).isEqualTo("unnamed");
    assertThat(labels.clean("0123456789")).isEqualTo("0123456789");
    assertThat(labels.clean("01234567890")).isEqualTo("0123456789…");
    assertThat(labels.clean("می\u200cخواهم")).isEqualTo("می\u200cخواهم");
    assertThat(labels.quoted("\"</fact>\\")).isEqualTo("\"\\\"\\u003c/fact\\u003e\\\\\"");
  }

  @Test
  void aQuotedLabelIsCutBeforeItIsEscaped() {
    assertThat(new UntrustedLabels(8).quoted("<".repeat(20)))
        .isEqualTo('"' + "\\u003c".repeat(8) + "…\"");
  }

  @Property(tries = 200)
  void anyLabelGivesOneShortLine(@ForAll String label) {
    KnowledgePath path = new KnowledgePath(new EntityRef("id", label), List.of(hop("r", label)));
    String text = template.verbalize(List.of(path), label);
    assertThat(text.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    assertThat(template.verbalize(List.of(path), label)).isEqualTo(text);
    String clean = UntrustedLabels.DEFAULT.clean(label);
    assertThat(clean.codePointCount(0, clean.length())).isBetween(1, 201);
    if (!clean.endsWith("…")) {
      assertThat(UntrustedLabels.DEFAULT.clean(clean)).isEqualTo(clean);
    }
  }
}
