package ai.kale.train.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PromptFormatTest {
  @Test
  void laysOutTexts() {
    PromptFormat format = PromptFormat.standard();
    assertThat(format.prompt("Who?")).isEqualTo("Question: Who? Answer:");
    assertThat(format.readingPrompt("It was her.", "Who?"))
        .isEqualTo("It was her. Question: Who? Answer:");
    assertThat(format.completion("Ann")).isEqualTo(" Ann");
    assertThat(format.rationaleCompletion("It was her.", "Ann"))
        .isEqualTo(" It was her. Answer: Ann");
    assertThat(format.answerMarker()).isEqualTo(" Answer:");
  }

  @Test
  void whatIsPutInIsNeverATemplate() {
    PromptFormat format = PromptFormat.standard();
    assertThat(format.readingPrompt("{question} {x} {", "{rationale}}"))
        .isEqualTo("{question} {x} { Question: {rationale}} Answer:");
  }

  @Test
  void placeholdersAreRequired() {
    assertThatThrownBy(() -> new PromptFormat("Q", "{rationale}{question}", "{answer}", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{question}");
  }
}
