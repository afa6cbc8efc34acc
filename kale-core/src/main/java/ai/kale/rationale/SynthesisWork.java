package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.Synthesis;
import ai.kale.error.BudgetReachedException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.TransientFailureException;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.TeacherUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** One run of a {@link SynthesisRun}, with its journal open. */
final class SynthesisWork {
  private final RationaleSynthesizer synthesizer;
  private final RunSettings settings;
  private final Optional<ReplyJournal> journal;

  SynthesisWork(
      RationaleSynthesizer synthesizer, RunSettings settings, Optional<ReplyJournal> journal) {
    this.synthesizer = synthesizer;
    this.settings = settings;
    this.journal = journal;
  }

  /** Without an id nothing is known of what a reply depends on, so no two questions are equal. */
  static List<String> keys(RationaleSynthesizer synthesizer, List<GroundedQuestion> questions) {
    String id = synthesizer.id();
    return IntStream.range(0, questions.size())
        .mapToObj(i -> id.isBlank() ? "question " + i : Rows.key(questions.get(i), id))
        .toList();
  }

  /** The first question of each key, in order. */
  static Map<String, GroundedQuestion> distinct(
      List<String> keys, List<GroundedQuestion> questions) {
    Map<String, GroundedQuestion> distinct = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      distinct.putIfAbsent(keys.get(i), questions.get(i));
    }
    return distinct;
  }

  SynthesisRun.Result run(List<GroundedQuestion> questions) {
    List<String> keys = keys(synthesizer, questions);
    Map<String, GroundedQuestion> distinct = distinct(keys, questions);
    QuestionOutcomes outcomes = new QuestionOutcomes(settings.failureLimit);
    try (RunTeacher teacher =
        settings.journalOnly
            ? RunTeacher.replaying(synthesizer, journal)
            : RunTeacher.asking(synthesizer, settings, journal)) {
      try {
        askAll(distinct, teacher, outcomes);
      } catch (BudgetReachedException e) {
        throw new BudgetReachedException(
            e.getMessage()
                + ". "
                + outcomes.done()
                + " of "
                + distinct.size()
                + " different questions are done"
                + (journal.isPresent()
                    ? "; withJournalOnly takes them"
                    : "; without a journal their replies are lost"),
            e);
      }
      return result(keys, questions, outcomes, teacher.usage());
    }
  }

  private void askAll(
      Map<String, GroundedQuestion> distinct, RunTeacher teacher, QuestionOutcomes outcomes) {
    List<String> keys = List.copyOf(distinct.keySet());
    List<GroundedQuestion> questions = List.copyOf(distinct.values());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            settings.concurrency,
            task -> {
              Thread thread = new Thread(task, "kale-synthesis");
              thread.setDaemon(true);
              return thread;
            });
    try {
      new QuestionFlow(settings.concurrency, settings.context, teacher::stop)
          .run(keys.size(), i -> ask(keys.get(i), questions.get(i), teacher, outcomes, threads));
    } finally {
      threads.shutdown();
    }
  }

  private static CompletableFuture<?> ask(
      String key,
      GroundedQuestion question,
      RunTeacher teacher,
      QuestionOutcomes outcomes,
      ExecutorService threads) {
    Optional<QuestionTeacher> own = teacher.forQuestion();
    return teacher
        .synthesizer(own)
        .synthesizeAsync(question, threads)
        .handle(
            (outcome, failure) -> {
              if (outcome != null) {
                outcomes.ended(key, outcome, own.orElse(null));
              } else {
                teacher
                    .longPause()
                    .ifPresent(
                        pause -> {
                          throw pause;
                        });
                outcomes.failed(key, question.question().id(), failure);
              }
              return true;
            });
  }

  private static SynthesisRun.Result result(
      List<String> keys,
      List<GroundedQuestion> questions,
      QuestionOutcomes ended,
      Optional<TeacherUsage> usage) {
    Map<String, Synthesis> byKey = ended.outcomes();
    List<Synthesis> outcomes = new ArrayList<>(questions.size());
    for (int i = 0; i < keys.size(); i++) {
      Synthesis outcome = Optional.ofNullable(byKey.get(keys.get(i))).orElseThrow();
      outcomes.add(Rows.rebound(outcome, questions.get(i)));
    }
    int resumed = (int) keys.stream().filter(ended.resumed()::contains).count();
    SynthesisSummary summary =
        SynthesisSummary.of(questions, outcomes, resumed, byKey.values(), usage);
    List<RationalizedQuestion> rows =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (rows.isEmpty()) {
      String message = "no question got a rationale. " + summary.describe();
      if (summary.droppedByReason().containsKey("teacher-failed")) {
        throw new TransientFailureException(message + ". Run again when the teacher is up");
      }
      throw new InvalidInputException(
          message
              + ". With no-path, check the linking and the hop limit; with other reasons, read the"
              + " problems of the outcomes");
    }
    return new SynthesisRun.Result(rows, outcomes, summary);
  }
}
