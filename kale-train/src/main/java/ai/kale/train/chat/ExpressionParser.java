package ai.kale.train.chat;

import ai.kale.train.chat.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses expressions by the grammar of Jinja2, with its order of operators. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "if");

  private final List<Token> tokens;
  private int at;

  ExpressionParser(List<Token> tokens, int start) {
    this.tokens = tokens;
    this.at = start;
  }

  Token peek() {
    return tokens.get(at);
  }

  private Token peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean skip(String operator) {
    boolean found = peek().is(operator);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = peek().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  void expect(String operator) {
    if (!skip(operator)) {
      throw wrong("'" + operator + "' is expected, not " + peek().shown());
    }
  }

  String name() {
    Token token = next();
    if (token.kind() != Kind.NAME) {
      throw wrong("a name is expected, not " + token.shown());
    }
    return token.text();
  }

  void end() {
    if (peek().kind() != Kind.END) {
      throw wrong(peek().shown() + " is not expected");
    }
  }

  TemplateFailure wrong(String what) {
    return TemplateFailure.of("line " + peek().line() + ": " + what);
  }

  /** One expression, or several with commas between, which are a tuple. */
  Expression tuple(boolean conditional) {
    List<Expression> parts = new ArrayList<>();
    boolean comma = false;
    while (parts.isEmpty() || comma) {
      if (comma && (peek().kind() == Kind.END || peek().is(")") || peek().is("="))) {
        break;
      }
      parts.add(conditional ? expression() : or());
      comma = skip(",");
      if (parts.size() == 1 && !comma) {
        return parts.get(0);
      }
    }
    return scope -> new Tuple(values(parts, scope));
  }

  Expression expression() {
    Expression value = or();
    while (skipName("if")) {
      Expression then = value;
      Expression test = or();
      Expression otherwise =
          skipName("else") ? expression() : scope -> new Undefined("an if without else");
      value = scope -> Python.truth(test.value(scope)) ? then.value(scope) : otherwise.value(scope);
    }
    return value;
  }

  Expression or() {
    Expression left = and();
    while (skipName("or")) {
      Expression a = left;
      Expression b = and();
      left =
          scope -> {
            Object value = a.value(scope);
            return Python.truth(value) ? value : b.value(scope);
          };
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (skipName("and")) {
      Expression a = left;
      Expression b = not();
      left =
          scope -> {
            Object value = a.value(scope);
            return Python.truth(value) ? b.value(scope) : value;
          };
    }
    return left;
  }

  private Expression not() {
    int count = 0;
    while (skipName("not")) {
      count++;
    }
    Expression value = comparison();
    if (count == 0) {
      return value;
    }
    boolean negated = count % 2 == 1;
    return scope -> Python.truth(value.value(scope)) != negated;
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (true) {
      if (peek().kind() == Kind.OPERATOR && COMPARISONS.contains(peek().text())) {
        operators.add(next().text());
      } else if (peek().isName("in")) {
        operators.add(next().text());
      } else if (peek().isName("not") && peekNext().isName("in")) {
        next();
        next();
        operators.add("not in");
      } else {
        break;
      }
      operands.add(sum());
    }
    if (operators.isEmpty()) {
      return first;
    }
    return scope -> {
      Object left = first.value(scope);
      for (int i = 0; i < operators.size(); i++) {
        Object right = operands.get(i).value(scope);
        if (!Operators.compare(operators.get(i), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  private Expression sum() {
    Expression left = concatenation();
    while (peek().is("+") || peek().is("-")) {
      left = binary(next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression left = product();
    while (skip("~")) {
      left = binary("~", left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (peek().is("*") || peek().is("/") || peek().is("//") || peek().is("%")) {
      left = binary(next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (skip("**")) {
      left = binary("**", left, unary(true));
    }
    return left;
  }

  private static Expression binary(String operator, Expression a, Expression b) {
    return scope -> {
      scope.budget().step();
      return Operators.binary(operator, a.value(scope), b.value(scope), scope.budget());
    };
  }

  private Expression unary(boolean filters) {
    Expression value;
    if (peek().is("-") || peek().is("+")) {
      boolean minus = next().is("-");
      Expression operand = unary(false);
      value = scope -> Operators.signed(minus, operand.value(scope));
    } else {
      value = primary();
    }
    value = postfix(value);
    return filters ? filters(value) : value;
  }

  private Expression primary() {
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

  private Expression postfix(Expression start) {
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

  private static List<Object> values(List<Expression> parts, Scope scope) {
    List<Object> values = new ArrayList<>(parts.size());
    scope.budget().make(parts.size());
    parts.forEach(part -> values.add(part.value(scope)));
    return values;
  }
}
