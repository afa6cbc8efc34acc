package ai.kale.train.checkpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The windows of {@link AttentionConfig} in {@code config.json}. */
final class WindowsJson {
  private static final int WINDOW = 4096;
  private static final int FULL_LAYERS = 28;
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final String TYPES = "layer_types";
  private static final String SIZE = "sliding_window";
  private static final String USE = "use_sliding_window";
  private static final String FIRST = "max_window_layers";

  private final ConfigFields fields;
  private final int layers;

  private WindowsJson(ConfigFields fields, int layers) {
    this.fields = fields;
    this.layers = layers;
  }

  /** For each layer its window; empty where no layer has one. */
  static List<Integer> read(ConfigFields fields, Architecture architecture, int layers) {
    return new WindowsJson(fields, layers).windows(architecture);
  }

  private List<Integer> windows(Architecture architecture) {
    Optional<List<String>> types = types();
    return switch (architecture) {
      case LLAMA, OLMOE -> {
        check(types, i -> false);
        yield List.of();
      }
      case MISTRAL -> {
        int size = size();
        check(types, i -> size > 0);
        yield windows(size, i -> true);
      }
      case QWEN2 -> {
        int size = size();
        int first = fields.integer(FIRST).orElse(FULL_LAYERS);
        boolean used = fields.flag(USE).orElse(false) && size > 0;
        if (!used) {
          check(types, i -> false);
          yield List.of();
        }
        yield windows(size, sliding(types, i -> i >= first));
      }
      case GEMMA2 -> windows(size(), sliding(types, i -> i % 2 == 0));
    };
  }

  /** 0 for none: null, but not absent. */
  private int size() {
    if (!fields.has(SIZE)) {
      return WINDOW;
    }
    Optional<Integer> size = fields.integer(SIZE);
    if (size.isPresent() && size.get() < 1) {
      throw fields.corrupt(SIZE, "must be positive or null; got " + size.get());
    }
    return size.orElse(0);
  }

  private Optional<List<String>> types() {
    Optional<List<String>> types = fields.texts(TYPES);
    if (types.isPresent() && types.get().size() != layers) {
      throw fields.corrupt(TYPES, "must name " + layers + " layers; got " + types.get().size());
    }
    if (types.isPresent()
        && !types.get().stream().allMatch(t -> t.equals(SLIDING) || t.equals(FULL))) {
      throw fields.unsupported(TYPES, "only " + FULL + " and " + SLIDING + " are");
    }
    return types;
  }

  private static IntPredicate sliding(Optional<List<String>> types, IntPredicate otherwise) {
    return types.<IntPredicate>map(list -> i -> list.get(i).equals(SLIDING)).orElse(otherwise);
  }

  private void check(Optional<List<String>> types, IntPredicate expected) {
    IntPredicate found = sliding(types, expected);
    if (!IntStream.range(0, layers).allMatch(i -> found.test(i) == expected.test(i))) {
      throw fields.unsupported(
          TYPES, "the other fields give windows to all layers or to none, so the two disagree");
    }
  }

  private List<Integer> windows(int size, IntPredicate sliding) {
    boolean any = size > 0 && IntStream.range(0, layers).anyMatch(sliding);
    return any
        ? IntStream.range(0, layers).mapToObj(i -> sliding.test(i) ? size : 0).toList()
        : List.of();
  }

  /** Writes the fields that an architecture has. */
  static void write(DecoderConfig config, ObjectNode json) {
    Architecture architecture = config.architecture();
    if (architecture == Architecture.LLAMA || architecture == Architecture.OLMOE) {
      return;
    }
    AttentionConfig attention = config.attention();
    int size = attention.windows().stream().mapToInt(Integer::intValue).max().orElse(0);
    if (size == 0) {
      json.putNull(SIZE);
    } else {
      json.put(SIZE, size);
    }
    if (architecture == Architecture.QWEN2) {
      int first =
          IntStream.range(0, config.layers())
              .filter(i -> attention.window(i) > 0)
              .findFirst()
              .orElse(config.layers());
      json.put(FIRST, first);
      json.put(USE, size > 0);
    }
    if (architecture != Architecture.MISTRAL) {
      ArrayNode types = json.putArray(TYPES);
      for (int i = 0; i < config.layers(); i++) {
        types.add(attention.window(i) > 0 ? SLIDING : FULL);
      }
    }
  }
}
