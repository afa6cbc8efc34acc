package ai.kale.train.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables of a block, inside those of the blocks around it. */
final class Scope {
  private static final int MAX_DEPTH = 200;

  private final @Nullable Scope outer;
  private final Map<String, Object> values = new HashMap<>();
  private final Budget budget;
  private final int depth;

  Scope(Map<String, Object> values, Budget budget) {
    this.outer = null;
    this.budget = budget;
    this.depth = 0;
    this.values.putAll(values);
  }

  Scope(Scope outer) {
    this(outer, outer.depth + 1);
  }

  private Scope(Scope outer, int depth) {
    if (depth > MAX_DEPTH) {
      throw TemplateFailure.of("its blocks and macros nest more than " + MAX_DEPTH + " deep");
    }
    this.outer = outer;
    this.budget = outer.budget;
    this.depth = depth;
  }

  /** A scope inside this one, at least as deep as its caller, so that recursion ends. */
  Scope calledFrom(Scope caller) {
    return new Scope(this, Math.max(depth, caller.depth) + 1);
  }

  Budget budget() {
    return budget;
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined("'" + name + "'");
  }

  void set(String name, Object value) {
    values.put(name, value);
  }
}
