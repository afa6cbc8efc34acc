package ai.kale.train.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.tree.Node;
import java.util.List;

/**
 * Jinjava with Python's expressions: what stands in a tag or output is a number of the program. The
 * state of one rendering; not for use by several threads.
 */
final class TemplateInterpreter extends JinjavaInterpreter {
  /** What a loop does next. */
  enum Jump {
    NONE,
    BREAK,
    CONTINUE
  }

  private final Program program;
  private Scope scope;
  private Jump jump = Jump.NONE;

  TemplateInterpreter(Jinjava engine, Program program, Scope scope) {
    super(engine, engine.getGlobalContextCopy(), engine.getGlobalConfig());
    this.program = program;
    this.scope = scope;
  }

  /** The interpreter that renders now. */
  static TemplateInterpreter of(JinjavaInterpreter interpreter) {
    if (interpreter instanceof TemplateInterpreter own) {
      return own;
    }
    throw new IllegalStateException("rendered outside of ChatTemplate");
  }

  Program program() {
    return program;
  }

  Scope scope() {
    return scope;
  }

  Jump jump() {
    return jump;
  }

  void jump(Jump next) {
    jump = next;
  }

  @Override
  public Object resolveELExpression(String number, int line) {
    return jump == Jump.NONE ? program.expression(number).value(scope) : "";
  }

  @Override
  public Object resolveELExpression(String number, int line, int position) {
    return resolveELExpression(number, line);
  }

  @Override
  public String getAsString(Object value) {
    return Python.str(value);
  }

  /** Renders nodes with other variables; the scope of before is there again afterwards. */
  String render(List<Node> nodes, Scope inside) {
    Scope outside = scope;
    scope = inside;
    try {
      StringBuilder text = new StringBuilder();
      for (Node node : nodes) {
        if (jump != Jump.NONE) {
          break;
        }
        inside.budget().step();
        String part = node.render(this).getValue();
        inside.budget().make(part.length());
        text.append(part);
      }
      return text.toString();
    } finally {
      scope = outside;
    }
  }
}
