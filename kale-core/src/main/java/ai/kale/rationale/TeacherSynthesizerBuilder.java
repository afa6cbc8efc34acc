package ai.kale.rationale;

import ai.kale.run.Hashes;
import ai.kale.spi.TeacherModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link TeacherSynthesizer}. Each can be set once; setting one again is an error, so
 * that a forgotten line does not win silently.
 */
public final class TeacherSynthesizerBuilder {
  private final TeacherModel teacher;
  private @Nullable RationalePrompt prompt;
  private @Nullable RationalePrompt promptWithoutPaths;
  private @Nullable WithoutPaths withoutPaths;
  private @Nullable List<RationaleCheck> checks;
  private @Nullable TemplateVerbalizer fallback;
  private boolean noFallback;
  private @Nullable UntrustedLabels labels;
  private boolean ignorePaths;
  private int maxTokens;
  private double temperature = Double.NaN;
  private boolean built;

  TeacherSynthesizerBuilder(TeacherModel teacher) {
    this.teacher = teacher;
  }

  /**
   * Replaces the prompt for questions with paths.
   *
   * @param newPrompt default {@link RationalePrompt#standard}
   * @return this
   */
  public TeacherSynthesizerBuilder prompt(RationalePrompt newPrompt) {
    unset("prompt", prompt == null);
    prompt = newPrompt;
    return this;
  }

  /**
   * Replaces the prompt for questions without paths.
   *
   * @param newPrompt default {@link RationalePrompt#standardWithoutPaths}
   * @return this
   */
  public TeacherSynthesizerBuilder promptWithoutPaths(RationalePrompt newPrompt) {
    unset("promptWithoutPaths", promptWithoutPaths == null);
    promptWithoutPaths = newPrompt;
    return this;
  }

  /**
   * Chooses what happens to questions without a path.
   *
   * @param policy default {@link WithoutPaths#DROP}
   * @return this
   */
  public TeacherSynthesizerBuilder withoutPaths(WithoutPaths policy) {
    unset("withoutPaths", withoutPaths == null);
    withoutPaths = policy;
    return this;
  }

  /**
   * Hides the paths of every question from the teacher: the paper's ablation <em>w/o KI</em>. There
   * is no fall-back to the template then, which would bring the paths in again.
   *
   * @return this
   */
  public TeacherSynthesizerBuilder ignorePaths() {
    unset("ignorePaths", !ignorePaths);
    ignorePaths = true;
    return this;
  }

  /**
   * Replaces the checks.
   *
   * @param newChecks in this order; none to keep whatever the teacher writes; default {@link
   *     RationaleChecks#standard}
   * @return this
   */
  public TeacherSynthesizerBuilder checks(List<RationaleCheck> newChecks) {
    unset("checks", checks == null);
    checks = List.copyOf(newChecks);
    return this;
  }

  /**
   * Replaces the template that is used after a failed retry.
   *
   * @param template default {@link TemplateVerbalizer#defaults}
   * @return this
   */
  public TeacherSynthesizerBuilder fallback(TemplateVerbalizer template) {
    unset("fallback", fallback == null && !noFallback);
    fallback = template;
    return this;
  }

  /**
   * Drops a question after a failed retry.
   *
   * @return this
   */
  public TeacherSynthesizerBuilder noFallback() {
    unset("fallback", fallback == null && !noFallback);
    noFallback = true;
    return this;
  }

  /**
   * Replaces the treatment of the graph's labels in prompts.
   *
   * @param newLabels default {@link UntrustedLabels#DEFAULT}
   * @return this
   */
  public TeacherSynthesizerBuilder labels(UntrustedLabels newLabels) {
    unset("labels", labels == null);
    labels = newLabels;
    return this;
  }

  /**
   * Limits a reply.
   *
   * @param tokens at least 1; default 512
   * @return this
   */
  public TeacherSynthesizerBuilder maxTokens(int tokens) {
    unset("maxTokens", maxTokens == 0);
    if (tokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1; got " + tokens);
    }
    maxTokens = tokens;
    return this;
  }

  /**
   * Sets the sampling temperature.
   *
   * @param value from 0; default 0, greedy
   * @return this
   */
  public TeacherSynthesizerBuilder temperature(double value) {
    unset("temperature", Double.isNaN(temperature));
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("temperature must be a number from 0; got " + value);
    }
    temperature = value;
    return this;
  }

  /** The synthesizer; the builder is used up. */
  public TeacherSynthesizer build() {
    unset("build", !built);
    built = true;
    return new TeacherSynthesizer(this, teacher);
  }

  private void unset(String name, boolean free) {
    if (!free || built) {
      throw new IllegalStateException(
          built ? "the builder was used; make a new one" : name + " is already set");
    }
  }

  RationalePrompt prompt() {
    return prompt == null ? RationalePrompt.standard() : prompt;
  }

  RationalePrompt promptWithoutPaths() {
    return promptWithoutPaths == null ? RationalePrompt.standardWithoutPaths() : promptWithoutPaths;
  }

  /** What to do with pathless questions; where paths are ignored, nobody is pathless. */
  WithoutPaths pathPolicy() {
    return ignorePaths ? WithoutPaths.FROM_ANSWER : dropUnlessSet();
  }

  private WithoutPaths dropUnlessSet() {
    return withoutPaths == null ? WithoutPaths.DROP : withoutPaths;
  }

  boolean ignoresPaths() {
    return ignorePaths;
  }

  List<RationaleCheck> checks() {
    return checks == null ? RationaleChecks.standard() : checks;
  }

  Optional<TemplateVerbalizer> fallback() {
    if (noFallback) {
      return Optional.empty();
    }
    return Optional.of(fallback == null ? TemplateVerbalizer.defaults() : fallback);
  }

  UntrustedLabels labels() {
    return labels == null ? UntrustedLabels.DEFAULT : labels;
  }

  int maxTokens() {
    return maxTokens == 0 ? 512 : maxTokens;
  }

  double temperature() {
    return Double.isNaN(temperature) ? 0 : temperature;
  }

  /** Teacher, and a hash of everything else that shapes a reply or its verdict. */
  String id(TeacherModel asked) {
    List<String> parts =
        List.of(
            prompt().sha256(),
            promptWithoutPaths().sha256(),
            pathPolicy().name(),
            Boolean.toString(ignorePaths),
            checks().stream().map(RationaleCheck::name).collect(Collectors.joining("\n")),
            fallback().map(TemplateVerbalizer::id).orElse(""),
            labels().toString(),
            Integer.toString(maxTokens()),
            Double.toString(temperature()));
    return asked.id() + "+" + Hashes.sha256(parts).substring(0, 16);
  }
}
