package ai.kale.train.chat;

import ai.kale.train.chat.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses expressions by the grammar of Jinja2, with its order of operators. */
final class ExpressionParser extends OperandParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  ExpressionParser(List<Token> tokens, int start) {
    super(tokens, start);
  }

  @Override
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

  @Override
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
}
