package ai.kale.train.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.List;

/** The tags of a skeleton, and the engine that knows them. */
final class Blocks {
  private static final long MAX_OUTPUT = 8_000_000;

  /** Reads and renders skeletons; safe for use by several threads. */
  static final Jinjava ENGINE = engine();

  private Blocks() {}

  private static Jinjava engine() {
    Jinjava engine =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withMaxOutputSize(MAX_OUTPUT)
                .withNestedInterpretationEnabled(false)
                .withKeepTrailingNewline(true)
                .build());
    engine.registerTag(new Condition());
    engine.registerTag(new Block("for", "endfor", Blocks::loop));
    engine.registerTag(new Block("macro", "endmacro", Blocks::macro));
    engine.registerTag(new Block("generation", "endgeneration", Blocks::generation));
    engine.registerTag(new Block("capture", "endcapture", Blocks::capture));
    engine.registerTag(new Single("assign", Blocks::assign));
    engine.registerTag(
        new Single("break", (node, own) -> own.jump(TemplateInterpreter.Jump.BREAK)));
    engine.registerTag(
        new Single("continue", (node, own) -> own.jump(TemplateInterpreter.Jump.CONTINUE)));
    return engine;
  }

  private static String loop(TagNode node, TemplateInterpreter own) {
    Header.Loop loop = (Header.Loop) own.program().header(node.getHelpers());
    Scope outside = own.scope();
    List<Object> elements = new ArrayList<>();
    Object list = loop.list().value(outside);
    for (Object element : Python.iterate(list)) {
      outside.budget().step();
      Scope tried = new Scope(outside);
      loop.target().assign(element, tried);
      if (loop.filter().isEmpty() || Python.truth(loop.filter().get().value(tried))) {
        elements.add(element);
      }
    }
    List<Node> children = new ArrayList<>(node.getChildren());
    int otherwise = 0;
    while (otherwise < children.size() && !children.get(otherwise).getName().equals("else")) {
      otherwise++;
    }
    LoopState state = new LoopState(elements);
    StringBuilder text = new StringBuilder();
    boolean completed = false;
    for (int i = 0; i < elements.size(); i++) {
      Scope inside = new Scope(outside);
      state.moveTo(i);
      inside.set("loop", state);
      loop.target().assign(elements.get(i), inside);
      text.append(own.render(children.subList(0, otherwise), inside));
      TemplateInterpreter.Jump jump = own.jump();
      own.jump(TemplateInterpreter.Jump.NONE);
      if (jump == TemplateInterpreter.Jump.BREAK) {
        break;
      }
      completed |= jump == TemplateInterpreter.Jump.NONE;
    }
    // As in Jinja2, a loop whose every turn was cut short has its else rendered too.
    if (!completed) {
      int from = Math.min(otherwise + 1, children.size());
      text.append(own.render(children.subList(from, children.size()), new Scope(outside)));
    }
    return text.toString();
  }

  private static String generation(TagNode node, TemplateInterpreter own) {
    return own.render(new ArrayList<>(node.getChildren()), new Scope(own.scope()));
  }

  private static String macro(TagNode node, TemplateInterpreter own) {
    Header.Macro macro = (Header.Macro) own.program().header(node.getHelpers());
    List<Node> body = new ArrayList<>(node.getChildren());
    Scope defined = own.scope();
    Callable callable =
        (values, named) -> {
          Scope inside = defined.calledFrom(own.scope());
          bind(macro, new Arguments(macro.name() + "()", values, named), inside);
          return own.render(body, inside);
        };
    defined.set(macro.name(), callable);
    return "";
  }

  private static void bind(Header.Macro macro, Arguments arguments, Scope inside) {
    for (int i = 0; i < macro.parameters().size(); i++) {
      String name = macro.parameters().get(i);
      Object missing = new Undefined("parameter '" + name + "'");
      Object value = arguments.get(i, name, missing);
      Expression otherwise = macro.defaults().get(name);
      boolean given = value != missing;
      inside.set(name, given || otherwise == null ? value : otherwise.value(inside));
    }
    arguments.done();
  }

  private static String capture(TagNode node, TemplateInterpreter own) {
    Header.Assignment set = (Header.Assignment) own.program().header(node.getHelpers());
    Scope inside = new Scope(own.scope());
    String text = own.render(new ArrayList<>(node.getChildren()), inside);
    inside.set("", text);
    set.target().assign(set.value().value(inside), own.scope());
    return "";
  }

  private static void assign(TagNode node, TemplateInterpreter own) {
    Header.Assignment set = (Header.Assignment) own.program().header(node.getHelpers());
    set.target().assign(set.value().value(own.scope()), own.scope());
  }

  /** What a tag with an end does. */
  private interface Body {
    String render(TagNode node, TemplateInterpreter own);
  }

  /** What a tag without an end does. */
  private interface Action {
    void run(TagNode node, TemplateInterpreter own);
  }

  private record Block(String name, String end, Body body) implements Tag {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getEndTagName() {
      return end;
    }

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
      TemplateInterpreter own = TemplateInterpreter.of(interpreter);
      return own.jump() == TemplateInterpreter.Jump.NONE ? body.render(node, own) : "";
    }
  }

  private static final class Single implements Tag {
    private static final long serialVersionUID = 1;

    private final String name;
    private final transient Action action;

    Single(String name, Action action) {
      this.name = name;
      this.action = action;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    @SuppressWarnings("NullAway") // Jinjava's own convention for a tag without an end.
    public String getEndTagName() {
      return null;
    }

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
      TemplateInterpreter own = TemplateInterpreter.of(interpreter);
      if (own.jump() == TemplateInterpreter.Jump.NONE) {
        action.run(node, own);
      }
      return "";
    }
  }

  /** Jinjava's {@code if} with Python's truth. */
  private static final class Condition extends IfTag {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isPositiveIfElseNode(TagNode node, JinjavaInterpreter interpreter) {
      TemplateInterpreter own = TemplateInterpreter.of(interpreter);
      return own.jump() == TemplateInterpreter.Jump.NONE
          && Python.truth(own.program().expression(node.getHelpers()).value(own.scope()));
    }
  }
}
