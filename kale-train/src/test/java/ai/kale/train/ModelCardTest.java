package ai.kale.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Provenance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The card says how the model came to be, and no value of it becomes markup. */
class ModelCardTest {
  private static final Provenance PROVENANCE =
      Provenance.of(
          "train",
          Map.of("seed", "42", "objective", "a|b `c` <d>", "format.question", "Q: {q}\nA:"));

  @Test
  void factsAreRowsOfOneTable() {
    String card = ModelCard.ofWeights("me/base", PROVENANCE);
    assertThat(card)
        .startsWith(
            "---\nbase_model: \"me/base\"\nlibrary_name: transformers\npipeline_tag:"
                + " text-generation\ntags:\n- kale\n- knowledge-aware-fine-tuning\n---\n")
        .contains("| seed | 42 |\n")
        .contains("| objective | a\\|b \\`c\\` &lt;d> |\n")
        .contains("| format.question | Q: {q}⏎A: |\n")
        .contains("from_pretrained(\"path/to/this/folder\")");
    assertThat(card.lines().filter(line -> line.startsWith("|"))).hasSize(2 + 3);
  }

  @Test
  void anAdapterNamesItsBase() {
    String card = ModelCard.ofAdapter("me/\"odd\"\nbase\\", PROVENANCE);
    assertThat(card)
        .startsWith("---\nbase_model: \"me/\\\"odd\\\"\\x0abase\\\\\"\nlibrary_name: peft\n")
        .contains("- lora\n---\n")
        .contains("AutoModelForCausalLM.from_pretrained(\"me/\\\"odd\\\"\\x0abase\\\\\")");
  }

  @Test
  void anUnknownBaseIsLeftOut() {
    assertThat(ModelCard.ofWeights("", PROVENANCE))
        .startsWith("---\nlibrary_name: transformers\n")
        .contains("# A fine-tuned model\n")
        .doesNotContain("base_model");
  }
}
