package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.spi.tensor.LoraSpec;
import ai.kale.spi.tensor.Precision;
import ai.kale.train.adapter.AdapterConfig;
import ai.kale.train.adapter.AdapterLayout;
import ai.kale.train.checkpoint.DecoderConfig;
import ai.kale.train.checkpoint.ExpertConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a script has to do for each product of an adapter on experts. */
class SlotScriptTest {
  private static ComputePlan plan(int layers, int experts, Map<String, Double> alphas) {
    DecoderConfig config =
        TestArchitectures.OLMOE.config().toBuilder()
            .size(11, 8, 12, layers, 4)
            .experts(new ExpertConfig(experts, 2, false))
            .build();
    AdapterConfig plain = AdapterConfig.of(LoraSpec.ofRank(2, 7));
    AdapterConfig adapter =
        new AdapterConfig(2, 4, 0, plain.targets(), List.of(), List.of(), false, Map.of(), alphas);
    return new ComputePlan(
        config,
        Precision.F32,
        Optional.of(
            new ComputePlan.Adapter(adapter, AdapterLayout.of(config, adapter, "the test"))));
  }

  private static String script(ComputePlan plan) {
    LinearScript linear = new LinearScript(plan);
    return linear.source()
        + ExpertScript.source(plan.config(), plan.config().experts().orElseThrow(), linear);
  }

  private static String linear(String module, Map<String, Double> alphas) {
    return new LinearScript(plan(16, 2, alphas)).product(module, "x");
  }

  private static int longestList(String script) {
    Matcher list = Pattern.compile("\\[[-0-9., E]*]").matcher(script);
    return list.results().mapToInt(found -> found.group().split(",").length).max().orElse(0);
  }

  @Test
  void regularSlotsNeedNoTables() {
    String script = script(plan(16, 64, Map.of()));
    assertThat(longestList(script)).isLessThan(4);
    assertThat(script).doesNotContain("slots_", "scales_").hasSizeLessThan(4000);
  }

  @Test
  void otherSlotsHaveTablesThatAreFetchedOncePerBlock() {
    String script = script(plan(16, 64, Map.of("7.up_proj", 3.0, "3.self_attn.q_proj", 9.0)));
    assertThat(longestList(script)).isEqualTo(16 * 64);
    assertThat(script).hasSizeLessThan(20 * 16 * 64);
    String loop = script.substring(script.indexOf("for e in range"));
    assertThat(loop)
        .contains("scales_experts_up_proj[")
        .doesNotContain("(self).s", "annotate(List[float]");
    assertThat(linear("self_attn.q_proj", Map.of("3.self_attn.q_proj", 9.0)))
        .contains("(self).scales_self_attn_q_proj()[i]");
  }
}
