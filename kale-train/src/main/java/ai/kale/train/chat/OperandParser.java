package ai.kale.train.chat;

import ai.kale.train.chat.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses what operators stand between: literals, names, brackets, and behind them attributes,
 * subscripts, calls, filters and tests.
 */
abstract class OperandParser extends TokenCursor {
  private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "if");

  OperandParser(List<Token> tokens, int start) {
    super(tokens, start);
  }

  /** One expression, or several with commas between, which are a tuple. */
  abstract Expression tuple(boolean conditional);

  abstract Expression expression();

  Expression primary() {
    Token token = next();
    switch (token.kind()) {
      case NAME -> {
        return named(token.text());
      }
      case STRING -> {
        StringBuilder text = new StringBuilder(token.text());
        while (peek().kind() == Kind.STRING) {
          text.append(next().text());
        }
        String value = text.toString();
        return scope -> value;
      }
      case INTEGER, FLOAT -> {
        Object value = number(token);
        return scope -> value;
      }
      default -> {
        if (token.is("(")) {
          return bracketed();
        } else if (token.is("[")) {
          List<Expression> parts = list("]");
          return scope -> values(parts, scope);
        } else if (token.is("{")) {
          return mapping();
        }
        throw wrong(token.shown() + " is not expected");
      }
    }
  }

  private Object number(Token token) {
    try {
      if (token.kind() == Kind.FLOAT) {
        return Double.parseDouble(token.text());
      }
      return Long.decode(token.text().replaceFirst("^0+(?=0)", ""));
    } catch (NumberFormatException e) {
      throw wrong("the number " + token.text() + " is too large");
    }
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> scope -> true;
      case "false", "False" -> scope -> false;
      case "none", "None" -> scope -> None.NONE;
      default ->
          scope -> {
            scope.budget().step();
            return scope.get(name);
          };
    };
  }

  private Expression bracketed() {
    if (skip(")")) {
      return scope -> new Tuple(List.of());
    }
    Expression value = tuple(true);
    expect(")");
    return value;
  }

  private List<Expression> list(String close) {
    List<Expression> parts = new ArrayList<>();
    while (!skip(close)) {
      if (!parts.isEmpty()) {
        expect(",");
        if (skip(close)) {
          break;
        }
      }
      parts.add(expression());
    }
    return parts;
  }

  private Expression mapping() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> parts = new ArrayList<>();
    while (!skip("}")) {
      if (!parts.isEmpty()) {
        expect(",");
        if (skip("}")) {
          break;
        }
      }
      keys.add(expression());
      expect(":");
      parts.add(expression());
    }
    return scope -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        map.put(Python.key(keys.get(i).value(scope)), parts.get(i).value(scope));
      }
      return map;
    };
  }

  Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      if (skip(".")) {
        value = attribute(value);
      } else if (skip("[")) {
        value = subscript(value);
      } else if (skip("(")) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  private Expression attribute(Expression owner) {
    Token token = next();
    if (token.kind() == Kind.INTEGER) {
      Object index = number(token);
      return scope -> Attributes.item(owner.value(scope), index);
    } else if (token.kind() != Kind.NAME) {
      throw wrong("a name is expected behind '.', not " + token.shown());
    }
    return scope -> {
      scope.budget().step();
      return Attributes.attribute(owner.value(scope), token.text(), scope.budget());
    };
  }

  private Expression subscript(Expression owner) {
    List<Expression> slice = new ArrayList<>();
    Expression nothing = scope -> None.NONE;
    slice.add(peek().is(":") ? nothing : expression());
    while (skip(":")) {
      slice.add(peek().is(":") || peek().is("]") ? nothing : expression());
    }
    expect("]");
    if (slice.size() == 1) {
      Expression index = slice.get(0);
      return scope -> {
        scope.budget().step();
        return Attributes.item(owner.value(scope), index.value(scope));
      };
    } else if (slice.size() > 3) {
      throw wrong("a slice has at most three parts");
    }
    Expression step = slice.size() == 3 ? slice.get(2) : nothing;
    return scope ->
        Slices.of(
            owner.value(scope),
            slice.get(0).value(scope),
            slice.get(1).value(scope),
            step.value(scope),
            scope.budget());
  }

  private Expression call(Expression function) {
    CallArguments arguments = arguments();
    return scope -> {
      scope.budget().step();
      Object target = function.value(scope);
      if (target instanceof Callable callable) {
        return callable.call(arguments.places(scope), arguments.named(scope));
      }
      throw target instanceof Undefined u
          ? u.failure()
          : TemplateFailure.of(Python.typeName(target) + " cannot be called");
    };
  }

  private CallArguments arguments() {
    CallArguments arguments = new CallArguments(new ArrayList<>(), new LinkedHashMap<>());
    boolean first = true;
    while (!skip(")")) {
      if (!first) {
        expect(",");
        if (skip(")")) {
          break;
        }
      }
      first = false;
      if (peek().is("*") || peek().is("**")) {
        throw wrong("unpacked arguments (* and **) are not supported");
      } else if (peek().kind() == Kind.NAME && peekNext().is("=")) {
        String name = name();
        expect("=");
        arguments.byName().put(name, expression());
      } else {
        arguments.byPlace().add(expression());
      }
    }
    return arguments;
  }

  /** Filters, tests and calls behind a value. */
  Expression filters(Expression start) {
    Expression value = start;
    while (true) {
      if (skip("|")) {
        value = filter(value);
      } else if (skipName("is")) {
        value = test(value);
      } else if (skip("(")) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  private Expression filter(Expression value) {
    String name = name();
    if (!Filters.isKnown(name)) {
      throw wrong("the filter " + name + " is not supported");
    }
    CallArguments arguments = skip("(") ? arguments() : CallArguments.NONE;
    return scope -> {
      scope.budget().step();
      Object input = value.value(scope);
      return Filters.apply(name, input, arguments.evaluate(name, scope), scope.budget());
    };
  }

  private Expression test(Expression value) {
    boolean negated = skipName("not");
    String name = peek().is("==") ? next().text() : name();
    if (!Tests.isKnown(name)) {
      throw wrong("the test " + name + " is not supported");
    }
    CallArguments arguments = CallArguments.NONE;
    Token token = peek();
    if (skip("(")) {
      arguments = arguments();
    } else if (token.isName("is")) {
      throw wrong("tests cannot be chained with is");
    } else if (startsArgument(token)) {
      Expression argument = postfix(primary());
      arguments = new CallArguments(List.of(argument), Map.of());
    }
    CallArguments all = arguments;
    return scope -> {
      scope.budget().step();
      Object input = value.value(scope);
      return Tests.check(name, input, all.evaluate(name, scope)) != negated;
    };
  }

  private static boolean startsArgument(Token token) {
    return switch (token.kind()) {
      case NAME ->
          !NO_ARGUMENT.contains(token.text())
              && !token.text().equals("not")
              && !token.text().equals("in");
      case STRING, INTEGER, FLOAT -> true;
      default -> token.is("[") || token.is("{");
    };
  }

  static List<Object> values(List<Expression> parts, Scope scope) {
    List<Object> values = new ArrayList<>(parts.size());
    scope.budget().make(parts.size());
    parts.forEach(part -> values.add(part.value(scope)));
    return values;
  }
}
