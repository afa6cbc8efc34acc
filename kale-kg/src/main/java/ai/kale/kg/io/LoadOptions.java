package ai.kale.kg.io;

import ai.kale.run.RunContext;
import java.util.List;

/**
 * How files are loaded.
 *
 * @param badInput what to do with malformed lines
 * @param languages preferred label languages, best first, as BCP 47 tags in any case; {@code ""}
 *     stands for labels without a language. Labels in other languages are used only where there is
 *     no better one
 * @param weights whether TSV files have a fourth column, the weight
 * @param context progress and cancellation
 */
public record LoadOptions(
    BadInputPolicy badInput, List<String> languages, boolean weights, RunContext context) {
  /** Copies the languages. */
  public LoadOptions {
    languages = List.copyOf(languages);
  }

  /** Fail at malformed lines; labels in English, else without language, else any; no weights. */
  public static LoadOptions defaults() {
    return new LoadOptions(BadInputPolicy.fail(), List.of("en", ""), false, RunContext.silent());
  }

  /**
   * The same with another policy.
   *
   * @param policy what to do with malformed lines
   * @return new options
   */
  public LoadOptions withBadInput(BadInputPolicy policy) {
    return new LoadOptions(policy, languages, weights, context);
  }

  /**
   * The same with other label languages.
   *
   * @param tags best first; {@code ""} for no language
   * @return new options
   */
  public LoadOptions withLanguages(String... tags) {
    return new LoadOptions(badInput, List.of(tags), weights, context);
  }

  /** The same, with weights read from a fourth TSV column. */
  public LoadOptions withWeights() {
    return new LoadOptions(badInput, languages, true, context);
  }

  /**
   * The same with progress and cancellation.
   *
   * @param newContext told every few thousand lines
   * @return new options
   */
  public LoadOptions withContext(RunContext newContext) {
    return new LoadOptions(badInput, languages, weights, newContext);
  }
}
