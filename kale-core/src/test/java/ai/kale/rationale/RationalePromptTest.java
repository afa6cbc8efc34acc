package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.error.SetupException;
import ai.kale.tck.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class RationalePromptTest {
  private static final Question FULL =
      Question.of("q", "In which country was she born?", List.of("Poland"))
          .withInstruction("Answer with a country.")
          .withPassage("Marie Curie grew up\nin Warsaw.")
          .withChoices(List.of("France", "Poland"));

  private static String user(RationalePrompt prompt, Question question) {
    return prompt.user(
        Samples.grounded(question, List.of(Samples.curiePath())), UntrustedLabels.DEFAULT);
  }

  @Test
  void saysWhatAQuestionHas() {
    assertThat(user(RationalePrompt.standard(), FULL))
        .isEqualTo(
            """
            <instruction>"Answer with a country."</instruction>
            <passage>"Marie Curie grew up in Warsaw."</passage>
            <question>"In which country was she born?"</question>
            <options>"France", "Poland"</options>
            <answer>"Poland"</answer>
            <facts>
            path 1:
              ("Marie Curie", "birthplace", "Warsaw")
              ("Warsaw", "country", "Poland")
              ("Poland", "currency", "Polish zloty")
            </facts>

            Write the rationale.""");
    assertThat(user(RationalePrompt.standardWithoutPaths(), FULL))
        .contains("<passage>")
        .doesNotContain("<facts>", "Polish zloty");
  }

  @Test
  void blocksOfNothingAreAbsent() {
    String user = user(RationalePrompt.standard(), Samples.curie().question());
    assertThat(user).startsWith("<question>").doesNotContain("instruction", "passage", "options");
  }

  @Test
  void nothingIsLostWhereAPromptHasNoPlaceForIt() {
    for (RationalePrompt prompt :
        List.of(
            RationalePrompt.named("rationale-v1"),
            RationalePrompt.named("rationale-without-paths-v1"))) {
      assertThat(user(prompt, FULL))
          .contains(
              "<question>\"Answer with a country. Marie Curie grew up in Warsaw. In which country was"
                  + " she born?\"</question>");
      assertThat(user(prompt, Samples.curie().question()))
          .contains("<question>\"Which currency is used");
    }
  }

  @Test
  void aPassageMayBeLongerThanALabelAndItsQuestionStays() {
    Question question = FULL.withPassage("word ".repeat(10_000));
    for (String version : List.of("rationale-v2", "rationale-v1")) {
      String user = user(RationalePrompt.named(version), question);
      assertThat(user).contains("In which country was she born?\"</question>").contains("…");
      assertThat(user.length()).isBetween(16_000, 17_000);
    }
  }

  @Test
  void earlierVersionsAreKnownByName() {
    assertThat(RationalePrompt.standard().version()).isEqualTo("rationale-v2");
    // The text of a released version never changes: journals and provenance name its hash.
    assertThat(RationalePrompt.named("rationale-v1").sha256())
        .isEqualTo("da539a49b1daf0414c3f292720e28792f4856ed8964799496e9c6ef62c896334");
    assertThat(RationalePrompt.named("rationale-without-paths-v1").sha256())
        .isEqualTo("e72e3a600586dd899f2335adfcabb49787ff75d4d77bbb0bf273fe8f56128bd4");
    assertThatThrownBy(() -> RationalePrompt.named("rationale-v0"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("there is no prompt rationale-v0; there are [rationale-v2,");
  }

  @Test
  void namesOfPassageAndInstructionMayBeUsed() {
    GroundedQuestion question =
        Samples.grounded(
            FULL.withInstruction("Think like Ada Lovelace.").withPassage("She knew Pierre Curie."),
            List.of(Samples.curiePath()));
    KnownNamesCheck check = KnownNamesCheck.capitalized();
    assertThat(check.problem(question, "As Ada Lovelace and Pierre Curie knew, it is Poland."))
        .isEmpty();
    assertThat(check.problem(question, "As Charles Babbage knew, it is Poland.")).isPresent();
  }

  @Test
  void theJournalTellsPassagesApart() {
    GroundedQuestion plain = Samples.curie();
    String key = Rows.key(plain, "id");
    for (Question other :
        List.of(
            plain.question().withPassage("She was born in Warsaw."),
            plain.question().withInstruction("She was born in Warsaw."))) {
      assertThat(Rows.key(Samples.grounded(other, plain.paths()), "id")).isNotEqualTo(key);
    }
  }
}
