package ai.kale.rationale;

import ai.kale.RationaleSynthesizer;
import ai.kale.data.GroundedQuestion;
import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.teacher.ReplyJournal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Goes through questions with the replies of a journal alone, and tells what was asked and what
 * would have to be. Each different prompt is told once.
 */
final class JournalPass {
  /** Told of prompts; {@code retry} where it is not the first of its question. */
  interface Listener {
    /** One more question. */
    void question();

    /** Its reply is in the journal. */
    void journalled(Prompt prompt, Reply reply, boolean retry);

    /** Its reply is not. */
    void missing(Prompt prompt, boolean retry);
  }

  private final RationaleSynthesizer synthesizer;
  private final Optional<ReplyJournal> journal;

  JournalPass(RationaleSynthesizer synthesizer, Optional<ReplyJournal> journal) {
    this.synthesizer = synthesizer;
    this.journal = journal;
  }

  void over(Iterable<GroundedQuestion> questions, Listener listener) {
    // By key: the prompts of a whole run would not fit in memory.
    Set<String> told = new HashSet<>();
    try (RunTeacher teacher = RunTeacher.replaying(synthesizer, journal)) {
      for (GroundedQuestion question : questions) {
        listener.question();
        Optional<QuestionTeacher> own = teacher.forQuestion();
        pass(teacher.synthesizer(own), question);
        String id = own.map(QuestionTeacher::id).orElse("");
        List<Prompt> asked = own.map(QuestionTeacher::asked).orElse(List.of());
        for (int i = 0; i < asked.size(); i++) {
          if (told.add(ReplyJournal.key(id, asked.get(i)))) {
            tell(asked.get(i), i > 0, teacher, listener);
          }
        }
      }
    }
  }

  private static void pass(RationaleSynthesizer offline, GroundedQuestion question) {
    try {
      offline.synthesizeAsync(question, Runnable::run).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof NotAskedException)) {
        throw e.getCause() instanceof RuntimeException failure ? failure : e;
      }
    }
  }

  private static void tell(Prompt prompt, boolean retry, RunTeacher teacher, Listener listener) {
    Optional<Reply> reply = teacher.find(prompt);
    if (reply.isPresent()) {
      listener.journalled(prompt, reply.get(), retry);
    } else {
      listener.missing(prompt, retry);
    }
  }
}
