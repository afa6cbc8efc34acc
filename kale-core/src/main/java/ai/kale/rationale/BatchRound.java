package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.teacher.ReplyJournal;
import ai.kale.teacher.openai.BatchFiles;
import ai.kale.teacher.openai.BatchRequest;
import ai.kale.teacher.openai.BatchResult;
import ai.kale.teacher.openai.OpenAiTeacher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One round of batches: what is missing in the journal goes out, what comes back goes in. */
final class BatchRound {
  private final RationaleSynthesizer synthesizer;
  private final Optional<ReplyJournal> journal;
  private final OpenAiTeacher teacher;
  private final Set<String> known = new HashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private int retries;

  BatchRound(RationaleSynthesizer synthesizer, Optional<ReplyJournal> journal) {
    this.synthesizer = synthesizer;
    this.journal = journal;
    this.teacher =
        RunTeacher.of(synthesizer)
            .filter(OpenAiTeacher.class::isInstance)
            .map(OpenAiTeacher.class::cast)
            .orElseThrow(
                () ->
                    new SetupException(
                        "batch files need a synthesizer that asks an OpenAiTeacher, without a"
                            + " ManagedTeacher around it"));
  }

  private void look(Iterable<GroundedQuestion> questions, Consumer<BatchRequest> missing) {
    wanted.clear();
    known.clear();
    retries = 0;
    new JournalPass(synthesizer, journal)
        .over(
            questions,
            new JournalPass.Listener() {
              @Override
              public void question() {}

              @Override
              public void journalled(Prompt prompt, Reply reply, boolean retry) {
                known.add(key(prompt));
              }

              @Override
              public void missing(Prompt prompt, boolean retry) {
                String key = key(prompt);
                wanted.add(key);
                missing.accept(new BatchRequest(key, prompt));
                retries += retry ? 1 : 0;
              }
            });
  }

  private String key(Prompt prompt) {
    return ReplyJournal.key(teacher.id(), prompt);
  }

  BatchWritten write(
      Iterable<GroundedQuestion> questions, Path folder, String prefix, RunSettings settings) {
    List<BatchRequest> missing = new ArrayList<>();
    look(questions, missing::add);
    ReplyJournal.Total none = new ReplyJournal.Total(0, 0, 0);
    BatchBudget budget = new BatchBudget(settings, journal.map(ReplyJournal::charged).orElse(none));
    missing.forEach(request -> budget.add(request.prompt()));
    budget.check();
    List<Path> files = BatchFiles.of(teacher).write(folder, prefix, missing);
    return new BatchWritten(files, missing.size() - retries, retries, known.size());
  }

  /**
   * Whether a question needs a retry is known only when its first reply is in the journal, so
   * results of several rounds are gone through until none is accepted any more.
   */
  BatchRead read(Iterable<GroundedQuestion> questions, List<Path> files, ReplyJournal open) {
    look(questions, request -> {}); // keys are enough
    Counts counts = new Counts();
    for (Path file : files) {
      try (Stream<BatchResult> results =
          BatchFiles.read(file, problem -> counts.problems.add(problem.getMessage()))) {
        results.forEach(result -> take(result, open, counts));
      }
    }
    for (int before = 0; counts.accepted > before && !counts.unknown.isEmpty(); ) {
      before = counts.accepted;
      List<BatchResult> again = List.copyOf(counts.unknown);
      counts.unknown.clear();
      look(questions, request -> {});
      again.forEach(result -> take(result, open, counts));
    }
    return new BatchRead(
        counts.accepted,
        counts.alreadyThere,
        counts.failures,
        counts.unknown.size(),
        counts.problems);
  }

  private void take(BatchResult result, ReplyJournal open, Counts counts) {
    String key = result.customId();
    if (result.failure().isPresent()) {
      counts.failures.merge(kind(result.failure().get()), 1, Integer::sum);
    } else if (known.contains(key)) {
      counts.alreadyThere++;
    } else if (!wanted.contains(key)) {
      counts.unknown.add(result);
    } else if (open.put(key, teacher.id(), result.reply().orElseThrow())) {
      counts.accepted++;
    } else {
      counts.alreadyThere++;
    }
  }

  private static String kind(KaleException failure) {
    if (failure instanceof InvalidInputException) {
      return "refused";
    }
    return failure.isRetryable() ? "failed" : "set-up";
  }

  /** What was counted so far. */
  private static final class Counts {
    private final SortedMap<String, Integer> failures = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<BatchResult> unknown = new ArrayList<>();
    private int accepted;
    private int alreadyThere;
  }
}
