package ai.kale.train.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template is a program out of a downloaded file. */
class HostileTemplateTest {
  private static final String LOOP = "{% for i in range(100000) %}";
  private static final long MEGABYTE = 1 << 20;

  private static String render(String template) {
    return ChatTemplate.of(template, Map.of()).render(List.of(ChatMessage.user("hi")), false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.getClass().forName('java.lang.Runtime') }}",
        "{{ ''.class.name.x }}",
        "{{ messages.getClass().getName() }}",
        "{{ messages[0].getClass().getName() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ messages.append(1) }}",
        "{{ messages[0].update({'role': 'x'}) }}",
        "{{ raise_exception.__globals__ }}",
        "{{ raise_exception.getClass().getName() }}",
        "{{ namespace().getClass().getName() }}",
        "{% set ns = namespace() %}{{ ns }}",
        "{% import 'file:///etc/passwd' as x %}",
        "{{ ____int3rpr3t3r____.config.x }}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a' * 9223372036854775807 }}",
        "{{ [1] * 1000000000 }}",
        "{{ range(1000000000) }}",
        "{{ range(9223372036854775806, 9223372036854775807) | list | length * 2 ** 70 }}",
        "{{ 'aaaaaaaaaa' | replace('', 'x' * 10000000) }}",
        "{{ 'a\na' | indent(1000000000) }}",
        "{% set ns = namespace(s='x') %}" + LOOP + "{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}" + LOOP + "{% set ns.l = ns.l + ns.l %}{% endfor %}",
        "{% set ns = namespace(l=[]) %}" + LOOP + "{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
        "{% set ns = namespace(l=[]) %}"
            + LOOP
            + "{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l | tojson }}",
        LOOP + LOOP + LOOP + "x{% endfor %}{% endfor %}{% endfor %}",
        LOOP + "{{ 'x' * 10000 }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
      })
  void cannotReachOutOrUseUpTheMachine(String template) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThatThrownBy(() -> render("warm {{ x"));
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> render(template)).isInstanceOf(SetupException.class);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(400 * MEGABYTE);
  }

  @Test
  void nestingIsBounded() {
    for (String part : List.of("(", "[", "{% if x %}", "-", "not ", "{{ {", "{% set x %}", "x.")) {
      String template = part.startsWith("{") ? part.repeat(20_000) : "{{ " + part.repeat(20_000);
      assertThatThrownBy(() -> ChatTemplate.of(template, Map.of()))
          .isInstanceOf(SetupException.class);
    }
    String filters = "{{ 'x'" + " | trim".repeat(2_000) + " }}";
    assertThat(render(filters)).isEqualTo("x");
  }
}
