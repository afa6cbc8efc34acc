package ai.kale.train.chat;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import com.hubspot.jinjava.interpret.TemplateError;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint's chat template: how a conversation becomes the text that an instruct model was
 * trained on. The text holds the control tokens, a beginning-of-sequence token too; encode it
 * without adding any.
 *
 * <p>It renders what Python's {@code apply_chat_template} renders. Jinja2 is followed exactly in
 * white space, scopes, operators, truth, and how values are printed; what is not supported (macros
 * with {@code call}, recursive loops, imports, escaping) is refused, never rendered differently.
 *
 * <p>Templates come out of downloaded files. They reach no Java object, no file and no network;
 * text, steps, nesting and output are bounded, and a template that goes beyond fails. Immutable and
 * safe for use by several threads. Rendering costs O(size of the output) for the usual templates.
 */
public final class ChatTemplate {
  private final String source;
  private final Program program;
  private final Map<String, Object> variables;
  private final Clock clock;

  private ChatTemplate(String source, Program program, Map<String, Object> variables, Clock clock) {
    this.source = source;
    this.program = program;
    this.variables = variables;
    this.clock = clock;
  }

  /**
   * The template of a checkpoint folder. Looked for in {@code chat_template.jinja}, then {@code
   * chat_template.json}, then the field {@code chat_template} of {@code tokenizer_config.json},
   * which is a text or a list of named templates, of which {@code default} is taken.
   *
   * @param folder a checkpoint folder
   * @return the template; empty if the checkpoint has none
   * @throws SetupException if the template cannot be read or is not supported, with its line
   * @throws ai.kale.error.CorruptFileException if a file is damaged
   */
  public static Optional<ChatTemplate> load(Path folder) {
    return load(folder, ChatTemplateFiles.DEFAULT);
  }

  /**
   * A named template of a checkpoint folder: {@code additional_chat_templates/NAME.jinja}, or the
   * entry of that name in {@code tokenizer_config.json}.
   *
   * @param folder a checkpoint folder
   * @param name for example {@code tool_use}
   * @return the template; empty if the checkpoint has none of this name
   * @throws SetupException as {@link #load(Path)}
   */
  public static Optional<ChatTemplate> load(Path folder, String name) {
    Map<String, String> tokens = ChatTemplateFiles.specialTokens(folder);
    return ChatTemplateFiles.source(folder, name)
        .map(found -> of(found.text(), tokens, found.file().toString()));
  }

  /**
   * A template out of its text.
   *
   * @param source the template
   * @param specialTokens variables such as {@code bos_token} and their text
   * @return the template
   * @throws SetupException if it is not supported, with its line
   */
  public static ChatTemplate of(String source, Map<String, String> specialTokens) {
    return of(source, specialTokens, "the chat template");
  }

  private static ChatTemplate of(String source, Map<String, String> tokens, String name) {
    try {
      Program program = Program.compile(source);
      return new ChatTemplate(
          source, program, new HashMap<>(tokens), Clock.system(ZoneId.systemDefault()));
    } catch (TemplateFailure e) {
      throw unreadable(name, e.text(), e);
    } catch (StackOverflowError e) {
      throw unreadable(name, "it nests too deep", e);
    }
  }

  private static SetupException unreadable(String name, String why, Throwable cause) {
    return new SetupException(
        name + " cannot be used: " + why + "; choose another template or lay prompts out yourself",
        cause);
  }

  /**
   * The same template with another variable, for example {@code date_string} or {@code
   * enable_thinking}.
   *
   * @param name the variable
   * @param value a {@code String}, {@code Boolean}, {@code Integer} or {@code Long}
   * @return a new template
   */
  public ChatTemplate withVariable(String name, Object value) {
    Object python = value instanceof Integer i ? (Object) i.longValue() : value;
    if (!(python instanceof String || python instanceof Boolean || python instanceof Long)) {
      throw new IllegalArgumentException("not a text, truth value or number: " + value);
    }
    Map<String, Object> more = new HashMap<>(variables);
    more.put(name, python);
    return new ChatTemplate(source, program, more, clock);
  }

  /**
   * The same template with a fixed time: some templates write today's date, and training data
   * should not change with the day.
   *
   * @param newClock what {@code strftime_now} reads
   * @return a new template
   */
  public ChatTemplate withClock(Clock newClock) {
    return new ChatTemplate(source, program, variables, newClock);
  }

  /**
   * Renders a conversation.
   *
   * @param messages its turns, in order
   * @param addGenerationPrompt whether the text ends where the model's turn begins
   * @return the text, control tokens included
   * @throws InvalidInputException if the template refuses the messages, for example a system turn
   *     that the model was not trained with
   * @throws SetupException if the template fails otherwise, or goes beyond its bounds
   */
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    List<Object> turns = new ArrayList<>(messages.size());
    for (ChatMessage message : messages) {
      Map<Object, Object> turn = new LinkedHashMap<>();
      turn.put("role", message.role());
      turn.put("content", message.content());
      turns.add(turn);
    }
    Budget budget = new Budget();
    Map<String, Object> values = Globals.with(clock, budget);
    values.putAll(variables);
    values.put("messages", turns);
    values.put("tools", None.NONE);
    values.put("documents", None.NONE);
    values.put("add_generation_prompt", addGenerationPrompt);
    return run(new Scope(values, budget));
  }

  /** Renders with any variables, for tests against other implementations. */
  String render(Map<String, Object> values) {
    Budget budget = new Budget();
    Map<String, Object> all = Globals.with(Clock.system(ZoneId.systemDefault()), budget);
    all.putAll(values);
    return run(new Scope(all, budget));
  }

  private String run(Scope scope) {
    try {
      TemplateInterpreter interpreter = new TemplateInterpreter(Blocks.ENGINE, program, scope);
      String text = interpreter.render(program.skeleton());
      List<TemplateError> errors = interpreter.getErrorsCopy();
      if (!errors.isEmpty()) {
        throw failed(errors.get(0).getMessage(), Optional.empty());
      }
      return text;
    } catch (TemplateFailure e) {
      if (e.isRaised()) {
        throw new InvalidInputException(
            "the chat template refuses the messages: " + e.text() + "; give it other turns");
      }
      throw failed(e.text(), Optional.of(e));
    } catch (StackOverflowError e) {
      throw failed("it nests too deep", Optional.of(e));
    }
  }

  private static SetupException failed(String why, Optional<Throwable> cause) {
    String message =
        "the chat template fails: " + why + "; choose another template or lay prompts out yourself";
    return cause.map(c -> new SetupException(message, c)).orElse(new SetupException(message));
  }

  /** The template's text. */
  public String source() {
    return source;
  }
}
