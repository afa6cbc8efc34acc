package ai.kale.train.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A template made ready: its block structure as a template for Jinjava, in which every text,
 * expression and tag header is a number, and what the numbers stand for. Nothing of the source, and
 * nothing of what is rendered, is ever read by Jinjava as an expression of its own.
 *
 * @param skeleton the block structure
 * @param expressions texts, expressions and conditions by number
 * @param headers headers of loops, assignments and macros by number
 */
record Program(String skeleton, List<Expression> expressions, List<Header> headers) {
  private static final int MAX_NESTING = 60;
  private static final String ELSE = " with else";
  private static final Set<String> PLAIN = Set.of("break", "continue");

  static Program compile(String source) {
    return new Compiler().compile(TemplateLexer.cut(source));
  }

  Expression expression(String number) {
    return expressions.get(Integer.parseInt(number.strip()));
  }

  Header header(String number) {
    return headers.get(Integer.parseInt(number.strip()));
  }

  private static final class Compiler {
    private final StringBuilder skeleton = new StringBuilder();
    private final List<Expression> expressions = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int loops;

    Program compile(List<Piece> pieces) {
      for (Piece piece : pieces) {
        switch (piece.kind()) {
          case TEXT -> output(scope -> piece.text());
          case OUTPUT -> {
            ExpressionParser parser = new ExpressionParser(piece.tokens(), 0);
            Expression expression = parser.tuple(true);
            parser.end();
            output(expression);
          }
          case TAG -> tag(new ExpressionParser(piece.tokens(), 0));
        }
      }
      if (!open.isEmpty()) {
        throw TemplateFailure.of("the block " + open.peek() + " does not end");
      }
      return new Program(skeleton.toString(), List.copyOf(expressions), List.copyOf(headers));
    }

    private void output(Expression expression) {
      expressions.add(expression);
      skeleton.append("{{ ").append(expressions.size() - 1).append(" }}");
    }

    private void tag(ExpressionParser parser) {
      String name = parser.name();
      switch (name) {
        case "if" -> {
          push(name, parser);
          condition(name, parser);
        }
        case "elif" -> {
          inside(parser, "if");
          condition(name, parser);
        }
        case "else" -> {
          inside(parser, "if", "for");
          open.push(open.pop() + ELSE);
          simple(name, parser);
        }
        case "for" -> {
          push(name, parser);
          loops++;
          header(name, Header.Loop.parse(parser));
        }
        case "set" -> {
          Header.Assignment set = Header.Assignment.parse(parser);
          if (set.block()) {
            push(name, parser);
          }
          header(set.block() ? "capture" : "assign", set);
        }
        case "macro" -> {
          push(name, parser);
          header(name, Header.Macro.parse(parser));
        }
        case "generation" -> {
          push(name, parser);
          simple(name, parser);
        }
        case "endif", "endfor", "endset", "endmacro", "endgeneration" -> close(name, parser);
        default -> {
          if (!PLAIN.contains(name) || loops == 0) {
            throw parser.wrong(
                PLAIN.contains(name)
                    ? name + " stands outside of a loop"
                    : "the tag " + name + " is not supported");
          }
          simple(name, parser);
        }
      }
    }

    private void push(String name, ExpressionParser parser) {
      open.push(name);
      if (open.size() > MAX_NESTING) {
        throw parser.wrong("blocks nest more than " + MAX_NESTING + " deep");
      }
    }

    private void inside(ExpressionParser parser, String... names) {
      if (open.isEmpty() || !List.of(names).contains(open.peek())) {
        throw parser.wrong("there is no " + names[0] + " here that it belongs to");
      }
    }

    private void close(String name, ExpressionParser parser) {
      String block = name.substring(3);
      inside(parser, block, block + ELSE);
      open.pop();
      if (block.equals("for")) {
        loops--;
      }
      simple(block.equals("set") ? "endcapture" : name, parser);
    }

    private void condition(String name, ExpressionParser parser) {
      expressions.add(parser.tuple(false));
      parser.end();
      tagText(name, expressions.size() - 1);
    }

    private void header(String name, Header header) {
      headers.add(header);
      tagText(name, headers.size() - 1);
    }

    private void tagText(String name, int number) {
      skeleton.append("{% ").append(name).append(' ').append(number).append(" %}");
    }

    private void simple(String name, ExpressionParser parser) {
      parser.end();
      skeleton.append("{% ").append(name).append(" %}");
    }
  }
}
