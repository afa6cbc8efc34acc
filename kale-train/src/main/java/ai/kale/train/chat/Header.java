package ai.kale.train.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in a tag behind its name. */
sealed interface Header {
  /**
   * Of {@code for}.
   *
   * @param target the loop's variables
   * @param list what it goes through
   * @param filter which elements; empty for all
   */
  record Loop(Target target, Expression list, Optional<Expression> filter) implements Header {
    static Loop parse(ExpressionParser parser) {
      Target target = Target.parse(parser);
      if (!parser.skipName("in") || !target.attribute().isEmpty()) {
        throw parser.wrong("'for' wants names and 'in'");
      }
      Expression list = parser.tuple(false);
      Optional<Expression> filter =
          parser.skipName("if") ? Optional.of(parser.expression()) : Optional.empty();
      if (parser.peek().isName("recursive")) {
        throw parser.wrong("recursive loops are not supported");
      }
      parser.end();
      return new Loop(target, list, filter);
    }
  }

  /**
   * Of {@code set}.
   *
   * @param target what is set
   * @param value to what; for a block the filters of its text, which is the variable {@code ""}
   * @param block whether the value is the text of a block
   */
  record Assignment(Target target, Expression value, boolean block) implements Header {
    static Assignment parse(ExpressionParser parser) {
      Target target = Target.parse(parser);
      boolean block = !parser.skip("=");
      Expression value = block ? parser.filters(scope -> scope.get("")) : parser.tuple(true);
      parser.end();
      return new Assignment(target, value, block);
    }
  }

  /**
   * Of {@code macro}.
   *
   * @param name how it is called
   * @param parameters names in order
   * @param defaults what stands for parameters that are not given
   */
  record Macro(String name, List<String> parameters, Map<String, Expression> defaults)
      implements Header {
    static Macro parse(ExpressionParser parser) {
      String name = parser.name();
      parser.expect("(");
      List<String> parameters = new ArrayList<>();
      Map<String, Expression> defaults = new LinkedHashMap<>();
      while (!parser.skip(")")) {
        if (!parameters.isEmpty()) {
          parser.expect(",");
        }
        String parameter = parser.name();
        parameters.add(parameter);
        if (parser.skip("=")) {
          defaults.put(parameter, parser.expression());
        }
      }
      parser.end();
      return new Macro(name, parameters, defaults);
    }
  }
}
