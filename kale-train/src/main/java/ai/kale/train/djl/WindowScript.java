package ai.kale.train.djl;

import ai.kale.train.checkpoint.AttentionConfig;
import ai.kale.train.checkpoint.DecoderConfig;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * TorchScript source of what all blocks of a pass share: rotary angles and, for sliding windows and
 * capped scores, attention masks. A query sees its own key and those just before it, as many as the
 * window counts.
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

  // Added to scores: 0 where a query sees a key, minus infinity elsewhere. mask_of says where the
  // mask of a layer lies in the context.
  private static final String MASKS =
      """
        def mask(self, x: Tensor, t: int, window: int) -> Tensor:
          m = torch.tril(torch.ones([t, t], dtype=11, device=x.device))
          if torch.gt(window, 0):
            m = torch.triu(m, torch.sub(1, window))
          else:
            pass
          zeros = torch.zeros([t, t], dtype=x.dtype, device=x.device)
          return torch.masked_fill(zeros, torch.logical_not(m), torch.neg(inf))
        def mask_of(self, i: int) -> int:
          return {{maskOf}}
      """;

  private static final String CONTEXT =
      """
        def context(self, x: Tensor, t: int) -> List[Tensor]:
          c = [(self).angles(x, t)]
      {{masks}}    return c
      """;

  // A mask that hides nothing but later keys is not needed where the kernel is causal itself.
  private static final String MASK =
      """
      if {{needed}}:
        c = torch.add(c, [(self).mask(x, t, {{size}})])
      else:
        c = torch.add(c, [c[0]])
      """;

  private WindowScript() {}

  static String source(DecoderConfig config) {
    AttentionConfig attention = config.attention();
    boolean capped = attention.scoreCap() > 0;
    List<Integer> sizes =
        IntStream.range(0, config.layers())
            .mapToObj(attention::window)
            .distinct()
            .filter(size -> capped || size > 0)
            .toList();
    String windows = WINDOWS.replace("{{window}}", perLayer(config, attention::window));
    String masks =
        MASKS.replace("{{maskOf}}", perLayer(config, i -> 1 + sizes.indexOf(attention.window(i))));
    String all =
        sizes.stream()
            .map(
                size ->
                    MASK.replace("{{size}}", size.toString())
                        .replace("{{needed}}", capped ? "True" : "torch.gt(t, " + size + ")"))
            .collect(Collectors.joining());
    return (attention.hasWindows() ? windows : "")
        + (sizes.isEmpty() ? "" : masks)
        + CONTEXT.replace("{{masks}}", all.indent(4));
  }

  /** A number where it is the same for all layers, else a look-up. */
  private static String perLayer(DecoderConfig config, IntUnaryOperator number) {
    List<String> numbers =
        IntStream.range(0, config.layers()).map(number).mapToObj(Integer::toString).toList();
    return numbers.stream().distinct().count() == 1
        ? numbers.get(0)
        : numbers.stream().collect(Collectors.joining(", ", "annotate(List[int], [", "])[i]"));
  }
}
