package ai.kale.ground;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.error.CorruptFileException;
import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.run.RunContext;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an earlier run left behind, compared with the questions and settings of this one. */
final class ResumedPart {
  private static final String REMEDY = ", or delete the file to begin anew";

  private final PartFile part;
  private final RunContext context;
  private final SortedMap<String, String> facts;
  private long line;

  ResumedPart(PartFile part, RunContext context, Provenance provenance) {
    this.part = part;
    this.context = context;
    this.facts = provenance.facts();
  }

  /**
   * Reads the part file up to its end and takes as many questions from the input; the file is not
   * changed if anything differs.
   *
   * @return how many there are
   */
  long read(Iterator<Question> questions, GroundingTally into) {
    for (String text = part.next(); text != null; text = part.next()) {
      line++;
      context.cancellation().throwIfCancelled("ground");
      GroundedQuestion record = decode(text);
      checkQuestion(record.question(), questions.hasNext() ? questions.next() : null);
      checkFacts(record.provenance());
      into.add(record);
    }
    part.beginAppending();
    return line;
  }

  private GroundedQuestion decode(String text) {
    try {
      return JsonlFormat.groundedQuestions().fromLine(text, part.toString(), line);
    } catch (InvalidInputException e) {
      throw new CorruptFileException(
          e.getMessage()
              + " (a file of an interrupted run; nothing was changed). Delete this line and those"
              + " after it to go on from there"
              + REMEDY,
          e);
    }
  }

  /** By their lines: numbers in extra fields have another type once they were in a file. */
  private void checkQuestion(Question done, @Nullable Question asked) {
    String now =
        asked == null
            ? "the questions end before it"
            : "the input has question '" + asked.id() + "' here";
    JsonlFormat<Question> format = JsonlFormat.questions();
    if (asked == null || !format.toLine(done).equals(format.toLine(asked))) {
      throw new InvalidInputException(
          part.toString(),
          line,
          "this interrupted run has question '"
              + done.id()
              + "', but "
              + now
              + (asked != null && asked.id().equals(done.id()) ? " with another content" : "")
              + "; give the questions it was begun with"
              + REMEDY);
    }
  }

  private void checkFacts(Provenance provenance) {
    SortedMap<String, String> then = new TreeMap<>(provenance.facts());
    then.remove("outcome");
    SortedSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(facts.keySet());
    for (String name : names) {
      String before = then.getOrDefault(name, "the default");
      String now = facts.getOrDefault(name, "the default");
      if (!before.equals(now)) {
        throw new SetupException(
            part
                + ":"
                + line
                + ": this run was begun with "
                + name
                + " "
                + before
                + ", and now it is "
                + now
                + "; use the settings it was begun with"
                + REMEDY);
      }
    }
  }
}
