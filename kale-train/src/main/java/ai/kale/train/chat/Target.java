package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * What a value is given to: names of variables, or one attribute of a namespace.
 *
 * @param names variables; several where a list is unpacked
 * @param attribute the namespace's attribute; empty for variables
 * @param unpacked whether the value is a list with one element for each name
 */
record Target(List<String> names, String attribute, boolean unpacked) {
  static Target parse(ExpressionParser parser) {
    boolean bracket = parser.skip("(");
    List<String> names = new ArrayList<>();
    names.add(parser.name());
    if (!bracket && parser.skip(".")) {
      return new Target(names, parser.name(), false);
    }
    boolean unpacked = false;
    while (parser.skip(",")) {
      unpacked = true;
      if (parser.peek().kind() != Token.Kind.NAME || parser.peek().isName("in")) {
        break;
      }
      names.add(parser.name());
    }
    if (bracket) {
      parser.expect(")");
    }
    return new Target(names, "", unpacked);
  }

  void assign(Object value, Scope scope) {
    if (!attribute.isEmpty()) {
      if (scope.get(names.get(0)) instanceof Namespace space) {
        space.set(attribute, value);
        return;
      }
      throw TemplateFailure.of(names.get(0) + " is not a namespace; its attributes cannot be set");
    } else if (!unpacked) {
      scope.set(names.get(0), value);
      return;
    }
    List<Object> values = Python.iterate(value);
    if (values.size() != names.size()) {
      throw TemplateFailure.of(
          values.size() + " values cannot be given to " + names.size() + " names");
    }
    for (int i = 0; i < names.size(); i++) {
      scope.set(names.get(i), values.get(i));
    }
  }
}
