package ai.kale.train.djl;

import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * TorchScript source of attention masks with sliding windows: a query sees its own key and those
 * just before it, as many as the window counts.
 */
final class WindowScript {
  // The window of layer i, 0 for none; whether it hides any of t keys from the last query.
  private static final String WINDOWS =
      """
        def window(self, i: int) -> int:
          return {{window}}
        def narrowed(self, i: int, t: int) -> bool:
          w = (self).window(i)
          return torch.__and__(torch.gt(w, 0), torch.gt(t, w))
      """;

  // The keys that each of t queries sees in layer i, as [t, t].
  private static final String VISIBLE =
      """
        def visible(self, i: int, t: int, like: Tensor) -> Tensor:
          m = torch.tril(torch.ones([t, t], dtype=11, device=like.device))
      {{narrow}}
          return m
      """;

  private static final String NARROW =
      """
          if (self).narrowed(i, t):
            m = torch.triu(m, torch.sub(1, (self).window(i)))
          else:
            pass""";

  private WindowScript() {}

  /** What {@link AttentionScript} and {@link GenerationScript} call; nothing where they do not. */
  static String source(DecoderConfig config) {
    AttentionConfig attention = config.attention();
    String windows = attention.hasWindows() ? WINDOWS.replace("{{window}}", window(config)) : "";
    String narrow = attention.hasWindows() ? NARROW.indent(4).stripTrailing() : "    pass";
    boolean masks = attention.hasWindows() || attention.scoreCap() > 0;
    return windows + (masks ? VISIBLE.replace("{{narrow}}", narrow) : "");
  }

  /** A number where all layers have the same window, else a look-up. */
  private static String window(DecoderConfig config) {
    AttentionConfig attention = config.attention();
    if (attention.windows().stream().distinct().count() == 1) {
      return Integer.toString(attention.window(0));
    }
    return IntStream.range(0, config.layers())
        .mapToObj(layer -> Integer.toString(attention.window(layer)))
        .collect(Collectors.joining(", ", "annotate(List[int], [", "])[i]"));
  }
}
