package ai.kale.train.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.tensor.LoraSpec;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which modules a list of targets means. */
class AdapterLayoutTest {
  private static final DecoderConfig MODEL = DecoderConfig.small(11, 8, 12, 12, 2, 16);

  private static List<String> paths(String... targets) {
    LoraSpec spec = LoraSpec.ofRank(2, 1).withTargetModules(List.of(targets));
    return AdapterLayout.of(MODEL, AdapterConfig.of(spec), "LoraSpec").slots().stream()
        .map(AdapterSlot::path)
        .toList();
  }

  @Test
  void anEndIsAWholePartOfThePath() {
    assertThat(paths("q_proj")).hasSize(12).allMatch(path -> path.endsWith(".self_attn.q_proj"));
    assertThat(paths("1.self_attn.q_proj")).containsExactly("model.layers.1.self_attn.q_proj");
    assertThat(paths("model.layers.11.mlp.up_proj")).containsExactly("model.layers.11.mlp.up_proj");
    assertThat(paths("all-linear"))
        .hasSize(12 * 7)
        .isEqualTo(
            paths(
                "self_attn.q_proj",
                "k_proj",
                "v_proj",
                "o_proj",
                "gate_proj",
                "up_proj",
                "down_proj"));
  }

  @Test
  void anExpressionIsForTheWholePath() {
    assertThat(paths("model\\.layers\\.[0-3]\\..*\\.(q|v)_proj")).hasSize(8);
    assertThat(paths(".*layers\\.1.*down_proj"))
        .containsExactly(
            "model.layers.1.mlp.down_proj",
            "model.layers.10.mlp.down_proj",
            "model.layers.11.mlp.down_proj");
    assertThat(paths(".*k_proj", "0.mlp.up_proj")).hasSize(13);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_proj", "q_prj", "self_attn", "layers.[0-3]", "input_layernorm"})
  void aTargetWithoutAModuleListsThem(String target) {
    assertThatThrownBy(() -> paths("v_proj", target))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("LoraSpec")
        .hasMessageContaining(target)
        .hasMessageContaining("self_attn.q_proj, self_attn.k_proj")
        .hasMessageContaining("mlp.down_proj");
  }

  @Test
  void anExpressionThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> paths("layers.(q_proj"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("layers.(q_proj");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embed_tokens", ".*"})
  void theEmbeddingIsNoTarget(String target) {
    assertThatThrownBy(() -> paths(target))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("model.embed_tokens");
  }

  @Test
  void ranksAndScalesMayDifferByModule() {
    AdapterConfig config =
        new AdapterConfig(
            4,
            8,
            0,
            List.of(new ModulePattern("q_proj", false), new ModulePattern("k_proj", false)),
            List.of(new ModulePattern("0.self_attn.k_proj", false)),
            List.of(0, 3),
            true,
            Map.of("layers\\.3\\.self_attn\\.q_proj", 16),
            Map.of("k_proj", 2.0));
    List<AdapterSlot> slots = AdapterLayout.of(MODEL, config, "test").slots();
    assertThat(slots)
        .containsExactly(
            new AdapterSlot(0, "self_attn.q_proj", 8, 8, 4, 4),
            new AdapterSlot(3, "self_attn.q_proj", 8, 8, 16, 2),
            new AdapterSlot(3, "self_attn.k_proj", 8, 8, 4, 1));
    AdapterLayout layout = AdapterLayout.of(MODEL, config, "test");
    assertThat(layout.positions("self_attn.q_proj", 5)).containsExactly(0, -1, -1, 2, -1);
    assertThat(layout.positions("self_attn.k_proj", 5)).containsExactly(-1, -1, -1, 4, -1);
  }

  @Test
  void aSavedListMayNameModulesOfOtherModels() {
    AdapterConfig config =
        AdapterConfig.of(LoraSpec.ofRank(2, 1).withTargetModules(List.of("c_attn", "q_proj")));
    assertThat(AdapterLayout.ofSaved(MODEL, config, "test").slots()).hasSize(12);
    AdapterConfig other =
        AdapterConfig.of(LoraSpec.ofRank(2, 1).withTargetModules(List.of("c_attn")));
    assertThatThrownBy(() -> AdapterLayout.ofSaved(MODEL, other, "some file"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("some file")
        .hasMessageContaining("c_attn");
  }
}
