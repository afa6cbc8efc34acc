package ai.kale.train;

import ai.kale.data.Provenance;
import java.util.List;
import java.util.Map;

/**
 * The {@code README.md} of a saved model, as model hubs show it: front matter in YAML, how to load
 * the model, and how it came to be. The same model gives the same text.
 */
final class ModelCard {
  static final String FILE_NAME = "README.md";

  /** What the hub's search knows such models by. */
  private static final List<String> TAGS = List.of("kale", "knowledge-aware-fine-tuning");

  private ModelCard() {}

  /**
   * The card of whole weights.
   *
   * @param baseModel name of the model that was fine-tuned; empty if unknown
   * @param provenance how the model came to be
   */
  static String ofWeights(String baseModel, Provenance provenance) {
    String load =
        """
        from transformers import AutoModelForCausalLM, AutoTokenizer

        model = AutoModelForCausalLM.from_pretrained("path/to/this/folder")
        tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")
        """;
    return card("transformers", List.of(), baseModel, load, provenance);
  }

  /**
   * The card of a low-rank adapter.
   *
   * @param baseModel name of the model that it belongs to
   * @param provenance how the adapter came to be
   */
  static String ofAdapter(String baseModel, Provenance provenance) {
    String load =
        """
        from peft import PeftModel
        from transformers import AutoModelForCausalLM, AutoTokenizer

        base = AutoModelForCausalLM.from_pretrained(%s)
        model = PeftModel.from_pretrained(base, "path/to/this/folder")
        tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")
        """
            .formatted(quoted(baseModel));
    return card("peft", List.of("lora"), baseModel, load, provenance);
  }

  private static String card(
      String library, List<String> moreTags, String baseModel, String load, Provenance provenance) {
    StringBuilder card = new StringBuilder("---\n");
    if (!baseModel.isEmpty()) {
      card.append("base_model: ").append(quoted(baseModel)).append('\n');
    }
    card.append("library_name: ").append(library).append('\n');
    card.append("pipeline_tag: text-generation\ntags:\n");
    TAGS.forEach(tag -> card.append("- ").append(tag).append('\n'));
    moreTags.forEach(tag -> card.append("- ").append(tag).append('\n'));
    card.append("---\n\n# ");
    card.append(baseModel.isEmpty() ? "A fine-tuned model" : escaped(baseModel) + ", fine-tuned");
    card.append("\n\nMade by KALE for the JVM. Knowledge-aware fine-tuning teaches a model to use")
        .append(" what it knows: see arXiv 2601.07430.\n\n## Load it in Python\n\n```python\n")
        .append(load)
        .append("```\n\nA prompt is laid out as `format.question` below says.\n\n")
        .append("## How it came to be\n\n| what | value |\n|---|---|\n");
    for (Map.Entry<String, String> fact : provenance.facts().entrySet()) {
      card.append("| ")
          .append(escaped(fact.getKey()))
          .append(" | ")
          .append(escaped(fact.getValue()))
          .append(" |\n");
    }
    return card.toString();
  }

  /** A string that YAML and Python both read as it is. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\x%02x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  /** Text inside a Markdown table: nothing in it ends the cell or becomes markup. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("|", "\\|")
        .replace("`", "\\`")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("[", "\\[")
        .replace("\r", "")
        .replace("\n", "⏎");
  }
}
