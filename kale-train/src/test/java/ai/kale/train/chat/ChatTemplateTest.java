package ai.kale.train.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole templates with the constructs of well-known ones; the texts are derived by hand. */
class ChatTemplateTest {
  private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");
  private static final ChatMessage SYSTEM = ChatMessage.system(" Be kind. ");
  private static final ChatMessage ASK = ChatMessage.user("  Why?  ");
  private static final ChatMessage ANSWER = ChatMessage.assistant("So.");

  private static String render(String template, boolean prompt, ChatMessage... messages) {
    return ChatTemplate.of(template, TOKENS).render(List.of(messages), prompt);
  }

  @Test
  void turnsBetweenMarksWithADefaultSystemTurn() {
    String template =
        """
        {%- if messages[0]['role'] == 'system' %}
            {{- '<|a|>system\\n' + messages[0]['content'] + '<|z|>\\n' }}
        {%- else %}
            {{- '<|a|>system\\nStandard.<|z|>\\n' }}
        {%- endif %}
        {%- for message in messages %}
            {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant") %}
                {{- '<|a|>' + message.role + '\\n' + message.content + '<|z|>' + '\\n' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|a|>assistant\\n' }}
        {%- endif %}
        """;
    assertThat(render(template, true, SYSTEM, ASK))
        .isEqualTo("<|a|>system\n Be kind. <|z|>\n<|a|>user\n  Why?  <|z|>\n<|a|>assistant\n");
    assertThat(render(template, false, ASK, ANSWER))
        .isEqualTo(
            "<|a|>system\nStandard.<|z|>\n<|a|>user\n  Why?  <|z|>\n<|a|>assistant\nSo.<|z|>\n");
  }

  @Test
  void bracketsWithTheSystemTextInsideOfTheFirstTurn() {
    String template =
        "{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}"
            + "{% set first = messages[0]['content'] %}{% else %}{% set rest = messages %}"
            + "{% set first = false %}{% endif %}{% for m in rest %}"
            + "{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}"
            + "{{ raise_exception('turns must alternate: user, assistant, …') }}{% endif %}"
            + "{% if loop.index0 == 0 and first != false %}"
            + "{% set text = '<<S>>\\n' + first + '\\n<</S>>\\n\\n' + m['content'] %}"
            + "{% else %}{% set text = m['content'] %}{% endif %}"
            + "{% if m['role'] == 'user' %}{{ bos_token + '[Q] ' + text.strip() + ' [/Q]' }}"
            + "{% elif m['role'] == 'assistant' %}{{ ' ' + text.strip() + ' ' + eos_token }}"
            + "{% endif %}{% endfor %}";
    assertThat(render(template, true, SYSTEM, ASK, ANSWER, ASK))
        .isEqualTo("<s>[Q] <<S>>\n Be kind. \n<</S>>\n\n  Why? [/Q] So. </s><s>[Q] Why? [/Q]");
    assertThatThrownBy(() -> render(template, false, SYSTEM, ANSWER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("turns must alternate");
  }

  @Test
  void aModelWithoutSystemTurnsSaysSo() {
    String template =
        "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
            + "{{ raise_exception('System role not supported') }}{% endif %}"
            + "{% for message in messages %}{% if (message['role'] == 'assistant') %}"
            + "{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}"
            + "{{ '<turn>' + role + '\\n' + message['content'] | trim + '</turn>\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{'<turn>model\\n'}}{% endif %}";
    assertThat(render(template, true, ASK, ANSWER, ASK))
        .isEqualTo(
            "<s><turn>user\nWhy?</turn>\n<turn>model\nSo.</turn>\n<turn>user\nWhy?</turn>"
                + "\n<turn>model\n");
    assertThatThrownBy(() -> render(template, true, SYSTEM, ASK))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("System role not supported");
  }

  @Test
  void linesOfATemplateDoNotGetIntoTheText() {
    String template =
        """
        {{ bos_token }}
        {%- for message in messages %}
            {% if message['role'] == 'user' %}
        <|user|>
        {{ message['content'] }}{{ eos_token }}
            {% elif message['role'] == 'assistant' %}
        <|assistant|>
        {% generation %}{{ message['content'] + eos_token }}{% endgeneration %}

            {% endif %}
            {% if loop.last and add_generation_prompt %}
        <|assistant|>
            {% endif %}
        {% endfor %}
        """;
    assertThat(render(template, true, ASK, ANSWER, ASK))
        .isEqualTo(
            "<s><|user|>\n  Why?  </s>\n<|assistant|>\nSo.</s>\n<|user|>\n  Why?  </s>"
                + "\n<|assistant|>\n");
  }

  @Test
  void namespacesMacrosAndDates() {
    String template =
        """
        {% macro turn(role, text='nothing') -%}
        [{{ role | upper }}: {{ text | trim | tojson }}]
        {%- endmacro %}
        {% set ns = namespace(users=0, last=none) %}
        {% if not today is defined %}{% set today = strftime_now('%d %b %Y') %}{% endif %}
        {{ today }}
        {% for m in messages if m.role != 'system' %}
        {% if m.role is in(['user']) %}{% set ns.users = ns.users + 1 %}{% endif %}
        {% set ns.last = m.content %}
        {{ turn(m.role, text=m.content) }}{{ ',' if not loop.last }}
        {% endfor %}
        {{ ns.users ~ '/' ~ messages | length }} {{ ns.last is none }} {{ turn('x') }}
        """;
    ChatTemplate dated =
        ChatTemplate.of(template, TOKENS)
            .withClock(Clock.fixed(Instant.parse("2024-07-26T00:00:00Z"), ZoneOffset.UTC));
    String rest = "\n[USER: \"Why?\"],\n[ASSISTANT: \"So.\"]\n1/3 False [X: \"nothing\"]";
    assertThat(dated.render(List.of(SYSTEM, ASK, ANSWER), false)).isEqualTo("26 Jul 2024" + rest);
    assertThat(dated.withVariable("today", "once").render(List.of(SYSTEM, ASK, ANSWER), false))
        .isEqualTo("once" + rest);
  }

  @Test
  void contentIsNeverReadAsATemplateOrAsATruthValue() {
    String template =
        "{% for m in messages %}{% if m.content %}<{{ m.content }}>{% endif %}{% endfor %}";
    for (String content : List.of("{{ 1 + 1 }}", "{% if %}", "{# x #}", "false", "0", "</a>&\\n")) {
      assertThat(render(template, false, ChatMessage.user(content))).isEqualTo("<" + content + ">");
    }
  }

  @Test
  void refusesWhatItDoesNotSupportWithTheLine() {
    String[][] cases = {
      {"\n{% include 'x' %}", "line 2: the tag include is not supported"},
      {"{% call m() %}{% endcall %}", "the tag call is not supported"},
      {"{% for x in y recursive %}{% endfor %}", "recursive loops are not supported"},
      {"{{ x | pprint }}", "the filter pprint is not supported"},
      {"{{ x is escaped }}", "the test escaped is not supported"},
      {"{% if x %}", "the block if does not end"},
      {"{% endfor %}", "there is no for here"},
      {"{% break %}", "break stands outside of a loop"},
      {"{{ x", "it ends inside of"},
      {"{{ f(*x) }}", "unpacked arguments"},
    };
    for (String[] c : cases) {
      assertThatThrownBy(() -> ChatTemplate.of(c[0], TOKENS))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining(c[1]);
    }
  }

  @Test
  void namesWithoutAValuePrintNothingAndDoNothingElse() {
    assertThat(render("[{{ nothing }}{{ messages[0].name }}]", false, ASK)).isEqualTo("[]");
    for (String bad :
        List.of("{{ nothing.x }}", "{{ 'a' + nothing }}", "{{ nothing() }}", "{{ 'a' + 1 }}")) {
      assertThatThrownBy(() -> render(bad, false, ASK)).isInstanceOf(SetupException.class);
    }
  }
}
