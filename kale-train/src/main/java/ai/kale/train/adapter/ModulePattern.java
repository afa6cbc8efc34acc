package ai.kale.train.adapter;

import ai.kale.error.SetupException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One way to name modules, after PEFT's rule: the end of a module's path, such as {@code q_proj},
 * or a regular expression that must match the whole path, such as {@code
 * model.layers.3.mlp.up_proj}.
 *
 * @param text the end or the expression
 * @param isExpression which of the two
 */
public record ModulePattern(String text, boolean isExpression) {
  private static final String EXPRESSION_CHARACTERS = "*+?()[]|\\^$";

  /** Refuses an expression that is none. */
  public ModulePattern {
    if (isExpression) {
      compile(text);
    }
  }

  /**
   * An expression if the text holds one of the characters {@code *+?()[]|\^$}, an end otherwise.
   *
   * @param text as in {@link ai.kale.spi.tensor.LoraSpec#targetModules}
   * @return the pattern
   * @throws SetupException if it is an expression that cannot be read
   */
  public static ModulePattern of(String text) {
    boolean expression = text.chars().anyMatch(c -> EXPRESSION_CHARACTERS.indexOf(c) >= 0);
    return new ModulePattern(text, expression);
  }

  /**
   * Whether a module is meant.
   *
   * @param path such as {@code model.layers.0.self_attn.q_proj}
   * @return true for the whole path, an end after a dot, or a match of the whole path
   */
  public boolean matches(String path) {
    return isExpression
        ? compile(text).matcher(path).matches()
        : path.equals(text) || path.endsWith("." + text);
  }

  static Pattern compile(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new SetupException(
          "the target module " + expression + " is no regular expression: " + e.getMessage(), e);
    }
  }
}
