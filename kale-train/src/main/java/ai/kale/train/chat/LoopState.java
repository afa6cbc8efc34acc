package ai.kale.train.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}. */
final class LoopState {
  private final List<Object> elements;
  private int index;
  private @Nullable Object changed;

  LoopState(List<Object> elements) {
    this.elements = elements;
  }

  void moveTo(int newIndex) {
    index = newIndex;
  }

  Object attribute(String name) {
    int size = elements.size();
    return switch (name) {
      case "index" -> (long) index + 1;
      case "index0" -> (long) index;
      case "revindex" -> (long) size - index;
      case "revindex0" -> (long) size - index - 1;
      case "first" -> index == 0;
      case "last" -> index == size - 1;
      case "length" -> (long) size;
      // Counts recursive calls of a loop, which are refused, not loops around it.
      case "depth" -> 1L;
      case "depth0" -> 0L;
      case "previtem" -> index > 0 ? elements.get(index - 1) : new Undefined("loop.previtem");
      case "nextitem" ->
          index < size - 1 ? elements.get(index + 1) : new Undefined("loop.nextitem");
      case "cycle" -> (Callable) (values, named) -> cycle(values);
      case "changed" -> (Callable) (values, named) -> changed(values);
      default -> new Undefined("loop." + name);
    };
  }

  private Object cycle(List<Object> values) {
    if (values.isEmpty()) {
      throw TemplateFailure.of("loop.cycle wants at least one value");
    }
    return values.get(index % values.size());
  }

  private Object changed(List<Object> values) {
    boolean same = changed != null && Python.equal(changed, values);
    changed = values;
    return !same;
  }
}
