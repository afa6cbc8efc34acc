package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.List;

/** Operators between values, as Python has them. */
final class Operators {
  private Operators() {}

  static boolean compare(String operator, Object a, Object b) {
    return switch (operator) {
      case "==" -> Python.equal(a, b);
      case "!=" -> !Python.equal(a, b);
      case "in" -> Python.contains(b, a);
      case "not in" -> !Python.contains(b, a);
      case "<" -> Python.compare(a, b) < 0;
      case "<=" -> Python.compare(a, b) <= 0;
      case ">" -> Python.compare(a, b) > 0;
      default -> Python.compare(a, b) >= 0;
    };
  }

  static Object binary(String operator, Object a, Object b, Budget budget) {
    if (operator.equals("~")) {
      return join(printable(a), printable(b), budget);
    } else if (a instanceof String x && b instanceof String y && operator.equals("+")) {
      return join(x, y, budget);
    } else if (a instanceof List<?> x && b instanceof List<?> y && operator.equals("+")) {
      return join(x, y, budget);
    } else if (operator.equals("*") && (isSequence(a) || isSequence(b))) {
      return isSequence(a) ? repeat(a, b, budget) : repeat(b, a, budget);
    } else if (Python.isNumber(a) && Python.isNumber(b)) {
      return (Python.anyFloat(a, b) || operator.equals("/"))
          ? floating(operator, Python.toDouble(a), Python.toDouble(b))
          : whole(operator, Python.toLong(a), Python.toLong(b));
    } else if (a instanceof Undefined u) {
      throw u.failure();
    } else if (b instanceof Undefined u) {
      throw u.failure();
    }
    throw TemplateFailure.of(
        "'"
            + operator
            + "' does not work with "
            + Python.typeName(a)
            + " and "
            + Python.typeName(b));
  }

  static Object signed(boolean minus, Object value) {
    if (value instanceof Double d) {
      return minus ? -d : d;
    } else if (value instanceof Undefined u) {
      throw u.failure();
    }
    long number = Python.toLong(value);
    return minus ? whole("-", 0, number) : (Object) number;
  }

  private static String printable(Object value) {
    if (value instanceof SafeText) {
      throw TemplateFailure.of("text marked as safe can only be printed");
    }
    return Python.str(value);
  }

  private static String join(String a, String b, Budget budget) {
    budget.make((long) a.length() + b.length());
    return a + b;
  }

  private static List<Object> join(List<?> a, List<?> b, Budget budget) {
    if (a instanceof Tuple != b instanceof Tuple) {
      throw TemplateFailure.of("'+' does not work with a list and a tuple");
    }
    budget.make((long) a.size() + b.size());
    List<Object> all = new ArrayList<>(a);
    all.addAll(b);
    return a instanceof Tuple ? new Tuple(all) : all;
  }

  private static boolean isSequence(Object value) {
    return value instanceof String || value instanceof List<?>;
  }

  private static Object repeat(Object sequence, Object times, Budget budget) {
    long count = Math.max(0, Python.toLong(times));
    if (sequence instanceof String text) {
      int size = budget.times(text.length(), count);
      return size == 0 ? "" : text.repeat((int) count);
    }
    List<?> list = (List<?>) sequence;
    List<Object> all = new ArrayList<>(budget.times(list.size(), count));
    for (long i = 0; i < count && !list.isEmpty(); i++) {
      all.addAll(list);
    }
    return sequence instanceof Tuple ? new Tuple(all) : all;
  }

  private static Object floating(String operator, double a, double b) {
    if (b == 0 && (operator.startsWith("/") || operator.equals("%"))) {
      throw TemplateFailure.of("it divides by zero");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      case "%" -> {
        double rest = a % b;
        yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
      }
      default -> Math.pow(a, b);
    };
  }

  private static Object whole(String operator, long a, long b) {
    try {
      return switch (operator) {
        case "+" -> Math.addExact(a, b);
        case "-" -> Math.subtractExact(a, b);
        case "*" -> Math.multiplyExact(a, b);
        case "//" -> Math.floorDiv(a, b);
        case "%" -> Math.floorMod(a, b);
        default -> power(a, b);
      };
    } catch (ArithmeticException e) {
      throw TemplateFailure.of(b == 0 ? "it divides by zero" : "a number is too large");
    }
  }

  private static Object power(long base, long exponent) {
    if (exponent < 0) {
      return Math.pow((double) base, (double) exponent);
    }
    long result = 1;
    for (long i = 0; i < exponent && base != 1 && base != 0; i++) {
      result = Math.multiplyExact(result, base);
      if (base == -1) {
        return exponent % 2 == 0 ? 1L : -1L;
      }
    }
    return base == 0 && exponent > 0 ? 0L : result;
  }
}
