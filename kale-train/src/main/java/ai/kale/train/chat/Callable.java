package ai.kale.train.chat;

import java.util.List;
import java.util.Map;

/** A function, method or macro. */
@FunctionalInterface
interface Callable {
  Object call(List<Object> arguments, Map<String, Object> named);
}
