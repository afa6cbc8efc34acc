package ai.kale.ground;

import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.jsonl.JsonlFormat;
import ai.kale.jsonl.JsonlReader;
import ai.kale.jsonl.QuestionFiles;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalInt;

/**
 * Grounds a whole question set from a file or an iterator into a file, in constant memory: the
 * records are those of {@link QuestionGrounder#ground}, in the order of the questions, the same
 * bytes whatever the number of threads.
 *
 * <p><b>Memory.</b> At most {@link #withBlocksInFlight} blocks of {@value QuestionGrounder#BLOCK}
 * questions are begun and not written, by default 4 a thread; each question holds at most as many
 * paths as the limits allow, besides what its search needs. A question that takes very long holds
 * up no thread until that many blocks behind it are done.
 *
 * <p><b>Resuming.</b> Records are added to {@code FILE.part} as they are done, and it becomes
 * {@code FILE} once it is complete; a {@code FILE} that is there stays until then. Called again
 * after a crash, a failure or a cancel, a run goes on where the part file ends, a line cut short
 * aside, and the file becomes what it would have been. The questions and settings must be those it
 * was begun with; they are compared. Resume with the same release of this library: its version is
 * not in the records and is not compared. At most the work of the last second is lost in a power
 * cut.
 *
 * <p>Immutable; each {@code with…} returns a new object.
 */
public final class GroundingRun {
  private final QuestionGrounder grounder;
  private final OptionalInt blocksInFlight;

  private GroundingRun(QuestionGrounder grounder, OptionalInt blocksInFlight) {
    this.grounder = grounder;
    this.blocksInFlight = blocksInFlight;
  }

  /**
   * A run with the default number of blocks in flight.
   *
   * @param grounder graph, linker, extractor, limits, threads, progress and cancellation
   * @return a run
   */
  public static GroundingRun of(QuestionGrounder grounder) {
    return new GroundingRun(grounder, OptionalInt.empty());
  }

  /**
   * The same with another bound on memory. With one thread there is always one block in flight.
   *
   * @param blocks most blocks that are begun and not written, at least 1; below the number of
   *     threads, threads may have nothing to do
   * @return a new run
   */
  public GroundingRun withBlocksInFlight(int blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks in flight must be at least 1; got " + blocks);
    }
    return new GroundingRun(grounder, OptionalInt.of(blocks));
  }

  /**
   * Grounds a question file.
   *
   * @param questions as {@link QuestionFiles#open} takes it; ids are not compared
   * @param file where the records go, as {@link ai.kale.Kale#grounded} reads them
   * @return what became of the questions
   * @throws IllegalArgumentException if the questions are in the file or in its part file, also by
   *     another name; nothing was touched
   * @throws InvalidInputException if a line is wrong, there is no question, or the part file was
   *     begun with other questions; the questions before a wrong line are done and kept
   * @throws ai.kale.error.SetupException if a file cannot be read or written, another run has the
   *     part file open, or it was begun with other settings
   * @throws ai.kale.error.CorruptFileException if a line of the part file is damaged
   * @throws ai.kale.error.OperationCancelledException if cancelled; call again to resume
   * @throws RuntimeException as {@link QuestionGrounder#ground}; the questions before it are done
   *     and kept
   */
  public GroundingReport run(Path questions, Path file) {
    PartFile.checkIsNeither(questions, file);
    try (JsonlReader<Question> reader = QuestionFiles.open(questions)) {
      if (!reader.hasNext()) {
        throw new InvalidInputException(
            questions.toString(), 0, "there is no question in the file; write one object a line");
      }
      return run(reader, file);
    }
  }

  /**
   * Grounds questions from anywhere: {@code iterable.iterator()}, {@code stream.iterator()}.
   *
   * @param questions read once, by the calling thread, as far ahead as blocks are in flight; none
   *     gives an empty file, since here nobody can have named the wrong one
   * @param file as for {@link #run(Path, Path)}; must not be what the questions are read from
   * @return what became of the questions
   * @throws RuntimeException as {@link #run(Path, Path)}, and what the iterator throws
   */
  public GroundingReport run(Iterator<Question> questions, Path file) {
    GroundingSettings settings = grounder.settings();
    settings.warnOfUnknownIds();
    Provenance provenance = settings.provenance();
    GroundingTally tally = new GroundingTally();
    TimeHistogram times = new TimeHistogram();
    long resumed;
    String header = "{\"kale\":\"" + JsonlFormat.groundedQuestions().header() + "\",";
    try (PartFile part = PartFile.open(file, header)) {
      resumed = new ResumedPart(part, settings.context(), provenance).read(questions, tally);
      int inFlight = blocksInFlight.orElse(settings.blocksInFlight());
      new GroundingPipeline(settings, provenance, true, inFlight, resumed, -1)
          .run(
              questions,
              block -> {
                part.append(block.lines());
                block.records().forEach(tally::add);
                block.nanos().stream().limit(block.records().size()).forEach(times::add);
              });
      part.finish();
    }
    return new GroundingReport(file, tally.summary(), SearchTimes.of(times), resumed);
  }
}
