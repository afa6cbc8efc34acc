package ai.kale.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.jsonl.JsonlFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private static final Question PLAIN = Question.of("q", "Who wrote it?", List.of("Ada"));

  @Test
  void withoutInstructionAndPassageTheTextAloneIsAsked() {
    assertThat(PLAIN.prompt()).isEqualTo("Who wrote it?");
  }

  @Test
  void instructionAndPassageComeBeforeTheText() {
    assertThat(PLAIN.withPassage("It was written by Ada.").prompt())
        .isEqualTo("It was written by Ada.\n\nWho wrote it?");
    assertThat(PLAIN.withInstruction("One word.").withPassage("By Ada.").prompt())
        .isEqualTo("One word.\n\nBy Ada.\n\nWho wrote it?");
  }

  @Test
  void eachChangeKeepsEverythingElse() {
    Question all =
        PLAIN
            .withInstruction("i")
            .withPassage("p")
            .withChoices(List.of("Ada", "Bob"))
            .withTopics(List.of("Q1"))
            .withGroup("g")
            .withExtra(Map.of("x", "y"))
            .withAnswers(List.of("Bob"));
    assertThat(all)
        .isEqualTo(
            new Question(
                "q",
                "Who wrote it?",
                "i",
                "p",
                List.of("Bob"),
                List.of("Ada", "Bob"),
                List.of("Q1"),
                "g",
                Map.of("x", "y")));
    assertThat(JsonlFormat.questions().fromLine(JsonlFormat.questions().toLine(all), "file", 1))
        .isEqualTo(all);
  }
}
