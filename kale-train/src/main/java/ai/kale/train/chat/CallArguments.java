package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of a call, not evaluated yet.
 *
 * @param byPlace those without a name
 * @param byName those with one
 */
record CallArguments(List<Expression> byPlace, Map<String, Expression> byName) {
  static final CallArguments NONE = new CallArguments(List.of(), Map.of());

  List<Object> places(Scope scope) {
    List<Object> values = new ArrayList<>(byPlace.size());
    byPlace.forEach(expression -> values.add(expression.value(scope)));
    return values;
  }

  Map<String, Object> named(Scope scope) {
    Map<String, Object> values = new LinkedHashMap<>();
    byName.forEach((name, expression) -> values.put(name, expression.value(scope)));
    return values;
  }

  Arguments evaluate(String owner, Scope scope) {
    return new Arguments(owner, places(scope), named(scope));
  }
}
