package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherModel;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.teacher.ManagedTeacher;
import ai.kale.teacher.ManagedTeacherBuilder;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.TeacherUsage;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What stands between a run and the teacher of its synthesizer, while the run lasts. */
final class RunTeacher implements AutoCloseable {
  private final RationaleSynthesizer synthesizer;
  private final Optional<TeacherModel> asked;
  private final Optional<ManagedTeacher> managed;
  private final boolean owned;

  private RunTeacher(
      RationaleSynthesizer synthesizer,
      Optional<TeacherModel> asked,
      Optional<ManagedTeacher> managed,
      boolean owned) {
    this.synthesizer = synthesizer;
    this.asked = asked;
    this.managed = managed;
    this.owned = owned;
  }

  /**
   * The teacher that a synthesizer asks; empty if it asks none.
   *
   * @throws SetupException if it asks several, or does not say
   */
  static Optional<TeacherModel> of(RationaleSynthesizer synthesizer) {
    Set<TeacherModel> teachers =
        teachers(synthesizer)
            .orElseThrow(
                () ->
                    new SetupException(
                        "a journal, limits, retries and budgets need a synthesizer that says which"
                            + " teacher it asks; override RationaleSynthesizer.throughTeacher"));
    if (teachers.size() > 1) {
      throw new SetupException(
          "the synthesizer asks "
              + teachers.size()
              + " teachers, and a run looks after one; put a ManagedTeacher around each instead of"
              + " setting a journal and limits here");
    }
    return teachers.stream().findFirst();
  }

  /** Empty if the synthesizer does not say. */
  private static Optional<Set<TeacherModel>> teachers(RationaleSynthesizer synthesizer) {
    Set<TeacherModel> seen = new HashSet<>();
    return synthesizer
        .throughTeacher(
            teacher -> {
              seen.add(teacher);
              return teacher;
            })
        .map(same -> seen);
  }

  /** Asks the synthesizer's teacher as the settings say. */
  static RunTeacher asking(
      RationaleSynthesizer synthesizer, RunSettings settings, Optional<ReplyJournal> journal) {
    Set<TeacherModel> seen = teachers(synthesizer).orElse(Set.of());
    if (!settings.manages() && seen.size() != 1) {
      return new RunTeacher(synthesizer, Optional.empty(), Optional.empty(), false);
    }
    Optional<TeacherModel> teacher = of(synthesizer);
    if (teacher.isEmpty()) {
      return new RunTeacher(synthesizer, teacher, Optional.empty(), false);
    }
    if (teacher.get() instanceof ManagedTeacher given && !settings.manages()) {
      return new RunTeacher(synthesizer, teacher, Optional.of(given), false);
    }
    ManagedTeacherBuilder builder =
        ManagedTeacher.builder(teacher.get()).threads(settings.concurrency);
    journal.ifPresent(builder::journal);
    settings.rateLimit.ifPresent(builder::rateLimit);
    settings.retry.ifPresent(builder::retry);
    settings.budget.ifPresent(builder::budget);
    settings.prices.ifPresent(builder::prices);
    settings.estimator.ifPresent(builder::estimator);
    ManagedTeacher managed = builder.build();
    return new RunTeacher(synthesizer, Optional.of(managed), Optional.of(managed), true);
  }

  /** Asks nobody: takes what is in the journal. */
  static RunTeacher replaying(RationaleSynthesizer synthesizer, Optional<ReplyJournal> journal) {
    Optional<TeacherModel> teacher =
        of(synthesizer).map(given -> new JournalTeacher(given, journal));
    return new RunTeacher(synthesizer, teacher, Optional.empty(), false);
  }

  /** The teacher as one question sees it; empty if there is none. */
  Optional<QuestionTeacher> forQuestion() {
    return asked.map(teacher -> new QuestionTeacher(teacher, this::isFree));
  }

  private boolean isFree(Prompt prompt) {
    return managed.isPresent() ? managed.get().isJournalled(prompt) : find(prompt).isPresent();
  }

  /** The reply of the journal, where nobody is asked. */
  Optional<Reply> find(Prompt prompt) {
    return asked.isPresent() && asked.get() instanceof JournalTeacher journal
        ? journal.find(prompt)
        : Optional.empty();
  }

  /** The synthesizer that asks this teacher. */
  RationaleSynthesizer synthesizer(Optional<QuestionTeacher> teacher) {
    return teacher.flatMap(given -> synthesizer.throughTeacher(old -> given)).orElse(synthesizer);
  }

  /** What was done so far; empty where the run does not see it. */
  Optional<TeacherUsage> usage() {
    return managed.map(ManagedTeacher::usage);
  }

  /** Why the teacher sends nothing for a long time, if the service has asked for that. */
  Optional<TransientFailureException> longPause() {
    return managed.flatMap(ManagedTeacher::longPause);
  }

  /** Fails what waits; a teacher that the caller manages goes on. */
  void stop(RuntimeException reason) {
    if (owned) {
      managed.ifPresent(teacher -> teacher.stop(reason));
    }
  }

  @Override
  public void close() {
    if (owned) {
      managed.ifPresent(ManagedTeacher::close);
    }
  }
}
