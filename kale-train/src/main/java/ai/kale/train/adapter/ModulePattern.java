package ai.kale.train.adapter;

import ai.kale.error.SetupException;
import java.util.function.Predicate;
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
      try {
        compile(text);
      } catch (PatternSyntaxException e) {
        throw new SetupException(
            "the target module "
                + text
                + " is no regular expression: "
                + e.getDescription()
                + "; mend it",
            e);
      }
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
    return matcher().test(path);
  }

  /** {@link #matches} with the expression compiled once. */
  Predicate<String> matcher() {
    if (isExpression) {
      return compile(text).asMatchPredicate();
    }
    return path -> path.equals(text) || path.endsWith("." + text);
  }

  /** Compiles; Python's spelling of a named group is read too. */
  static Pattern compile(String expression) {
    return Pattern.compile(expression.replaceAll("(?<!\\\\)\\(\\?P<", "(?<"));
  }
}
