package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Filters that go through lists. */
final class ListFilters {
  /** Without regard to upper and lower case, as Jinja2 sorts. */
  static final Comparator<Object> ORDER = (a, b) -> Python.compare(folded(a), folded(b));

  private ListFilters() {}

  private static Object folded(Object value) {
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }

  /** An attribute of an element, by a path with dots. */
  static Object pick(Object element, Object path, Object otherwise, Budget budget) {
    if (path instanceof Long) {
      return Attributes.item(element, path);
    }
    Object value = element;
    for (String name : Python.text(path).split("\\.", -1)) {
      Object index = name.matches("\\d{1,9}") ? (Object) Long.parseLong(name) : name;
      value = Attributes.item(value, index);
      if (value instanceof Undefined && index instanceof String && !(element instanceof Map)) {
        value = Attributes.attribute(element, name, budget);
      }
      if (value instanceof Undefined && otherwise != None.NONE) {
        return otherwise;
      }
    }
    return value;
  }

  static Object map(Object value, Arguments arguments, Budget budget) {
    List<Object> results = new ArrayList<>();
    if (arguments.count() == 0 && arguments.has("attribute")) {
      Object path = arguments.require(0, "attribute");
      Object otherwise = arguments.get(1, "default", None.NONE);
      Python.iterate(value).forEach(e -> results.add(pick(e, path, otherwise, budget)));
      return results;
    }
    String filter = Python.text(arguments.require(0, "filter"));
    if (!Filters.isKnown(filter)) {
      throw TemplateFailure.of("the filter " + filter + " is not supported");
    }
    for (Object element : Python.iterate(value)) {
      budget.step();
      Arguments own = new Arguments(filter, arguments.rest(1), arguments.named());
      results.add(Filters.apply(filter, element, own, budget));
    }
    return results;
  }

  static Object select(String name, Object value, Arguments arguments, Budget budget) {
    boolean byAttribute = name.endsWith("attr");
    boolean wanted = name.startsWith("select");
    Object path = byAttribute ? arguments.require(0, "attribute") : None.NONE;
    int at = byAttribute ? 1 : 0;
    boolean tested = arguments.count() > at;
    String test = tested ? Python.text(arguments.get(at, "test", "")) : "";
    if (tested && !Tests.isKnown(test)) {
      throw TemplateFailure.of("the test " + test + " is not supported");
    }
    List<Object> kept = new ArrayList<>();
    for (Object element : Python.iterate(value)) {
      budget.step();
      Object tried = byAttribute ? pick(element, path, None.NONE, budget) : element;
      Arguments own = new Arguments(test, arguments.rest(at + 1), arguments.named());
      boolean holds = tested ? Tests.check(test, tried, own) : Python.truth(tried);
      if (holds == wanted) {
        kept.add(element);
      }
    }
    return kept;
  }

  static Object sort(Object value, Arguments arguments, Budget budget) {
    boolean reverse = Python.truth(arguments.get(0, "reverse", false));
    boolean exact = Python.truth(arguments.get(1, "case_sensitive", false));
    Object path = arguments.get(2, "attribute", None.NONE);
    Comparator<Object> order = exact ? Python::compare : ORDER;
    List<Object> all = new ArrayList<>(Python.iterate(value));
    Comparator<Object> byPath =
        path == None.NONE
            ? order
            : (a, b) ->
                order.compare(pick(a, path, None.NONE, budget), pick(b, path, None.NONE, budget));
    all.sort(reverse ? byPath.reversed() : byPath);
    return all;
  }

  static Object sum(Object value, Arguments arguments, Budget budget) {
    Object path = arguments.get(0, "attribute", None.NONE);
    Object total = arguments.get(1, "start", 0L);
    for (Object element : Python.iterate(value)) {
      Object part = path == None.NONE ? element : pick(element, path, None.NONE, budget);
      total = Operators.binary("+", total, part, budget);
    }
    return total;
  }

  static Object unique(Object value) {
    List<Object> kept = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Object element : Python.iterate(value)) {
      if (seen.add(Python.key(folded(element)))) {
        kept.add(element);
      }
    }
    return kept;
  }

  static Object sortedItems(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw TemplateFailure.of("dictsort wants a mapping, not " + Python.typeName(value));
    }
    List<Object> items = MappingMethods.items(map);
    items.sort((a, b) -> ORDER.compare(((Tuple) a).get(0), ((Tuple) b).get(0)));
    return items;
  }
}
