package ai.kale.train.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import ai.kale.train.chat.ChatTemplate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChatFormatTest {
  private static final String MARKS =
      "{% for m in messages %}{{ '<|s|>' + m.role + '\\n' + m.content + '<|e|>\\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|s|>assistant\\n' }}{% endif %}";
  private static final String BRACKETS =
      "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}[Q] {{ m.content | trim }} [/Q]"
          + "{% elif m.role == 'assistant' %} {{ m.content }} {{ eos_token }}"
          + "{% else %}{{ raise_exception('no system') }}{% endif %}{% endfor %}";
  private static final Tokenizer TOKENIZER = new Letters();

  private static ChatTemplate template(String source) {
    return ChatTemplate.of(source, Map.of("bos_token", "<b>", "eos_token", "<|e|>"));
  }

  @Test
  void theFormatIsTheTemplatesOwn() {
    PromptFormat format = PromptFormat.chat(template(MARKS), TOKENIZER);
    assertThat(format.prompt(" Why {answer}? "))
        .isEqualTo("<|s|>user\nWhy {answer}?<|e|>\n<|s|>assistant\n");
    assertThat(format.readingPrompt("Facts.", "Why?"))
        .isEqualTo("<|s|>user\nFacts.\n\nWhy?<|e|>\n<|s|>assistant\n");
    assertThat(format.completion("So.")).isEqualTo("So.");
    assertThat(format.rationaleCompletion("Facts.", "So.")).isEqualTo("Facts. Answer: So.");
    assertThat(format.end()).contains("<|e|>");
    assertThat(format.endId(TOKENIZER)).isEqualTo(7);
    assertThat(format.encodePrompt(TOKENIZER, "ab")).containsExactly('a', 'b');
    assertThat(PromptFormat.standard().encodePrompt(TOKENIZER, "ab")).containsExactly(1, 'a', 'b');
  }

  @Test
  void spacesAroundTheAnswerStayInTheCompletion() {
    PromptFormat format = PromptFormat.chat(template(BRACKETS), TOKENIZER);
    assertThat(format.prompt("Why?")).isEqualTo("<b>[Q] Why? [/Q]");
    assertThat(format.completion("So.")).isEqualTo(" So. ");
  }

  @Test
  void aTeachersSystemPartGoesIntoTheUsersTurnWhereTheTemplateRefusesIt() {
    TeacherLayout marks = TeacherLayout.chat(template(MARKS), TOKENIZER);
    assertThat(marks.text("Be brief.", "Why?"))
        .isEqualTo("<|s|>system\nBe brief.<|e|>\n<|s|>user\nWhy?<|e|>\n<|s|>assistant\n");
    assertThat(marks.stop()).contains("<|e|>");
    assertThat(TeacherLayout.chat(template(BRACKETS), TOKENIZER).text("Be brief.", "Why?"))
        .isEqualTo("<b>[Q] Be brief.\n\nWhy? [/Q]");
  }

  @Test
  void templatesThatGiveNoFormatAreRefused() {
    for (String source :
        List.of(
            "{{ messages[0].content }}",
            "{% for m in messages %}{{ m.content }};{% endfor %}",
            "{{ messages[0].content * 2 }}{% if messages | length > 1 %}{{ messages[1].content }}<|e|>{% endif %}")) {
      assertThatThrownBy(() -> PromptFormat.chat(template(source), TOKENIZER))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("no format can be made");
    }
  }

  /** Every character is a token. */
  private static final class Letters implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return text.chars().toArray();
    }

    @Override
    public String decode(int[] ids) {
      return new String(ids, 0, ids.length);
    }

    @Override
    public OptionalInt idOf(String token) {
      return token.equals("<|e|>") ? OptionalInt.of(7) : OptionalInt.empty();
    }

    @Override
    public List<String> unknownWords(String text) {
      return List.of();
    }

    @Override
    public List<String> specialTokens() {
      return List.of("<b>", "<|e|>");
    }

    @Override
    public int eosId() {
      return 2;
    }

    @Override
    public int padId() {
      return 0;
    }

    @Override
    public OptionalInt bosId() {
      return OptionalInt.of(1);
    }

    @Override
    public int vocabularySize() {
      return 1 << 16;
    }

    @Override
    public String fingerprint() {
      return "letters";
    }
  }
}
