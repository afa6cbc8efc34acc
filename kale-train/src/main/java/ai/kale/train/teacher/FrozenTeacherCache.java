package ai.kale.train.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.error.SetupException;
import ai.kale.run.RunContext;
import ai.kale.spi.tensor.TokenPredictor;
import ai.kale.train.data.PassLimit;
import ai.kale.train.data.TrainingExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One file that keeps a frozen teacher's distributions: {@code 8 · k + 4} bytes for each answer
 * token, k being the vocabulary's size for whole distributions. They are written pass by pass, so
 * that an interrupted computation goes on where it was, and read through memory maps. A file made
 * from anything else than what is asked for, or damaged, is refused, never replaced unasked.
 *
 * @param file where it is kept; while it is computed, {@code .part} is added to its name
 */
public record FrozenTeacherCache(Path file) {
  /**
   * Reads the file if it is there, else computes the distributions and writes it. Where another
   * run, in this process or not, computes it just now, waits for that one.
   *
   * @param key what they are computed from
   * @param teacher the model that reads the rationales, not changed
   * @param examples each with a rationale
   * @param limit of one pass
   * @param context progress and cancellation
   * @return the teacher
   * @throws CorruptFileException if a file is there but damaged or made from something else, with
   *     what differs
   * @throws SetupException if it cannot be read or written, or the teacher gives no numbers
   * @throws ai.kale.error.OperationCancelledException if cancelled or interrupted, waiting or not
   * @throws ai.kale.error.InsufficientMemoryException if a pass does not fit, with what to lower
   */
  public Teacher loadOrCompute(
      TeacherKey key,
      TokenPredictor teacher,
      List<TrainingExample> examples,
      PassLimit limit,
      RunContext context) {
    if (!Files.exists(file)) {
      writer(key, teacher, examples).run(teacher, examples, limit, context, false);
    }
    return load(key, examples);
  }

  /**
   * Computes the distributions and writes the file, whatever was there.
   *
   * @param key what they are computed from
   * @param teacher the model that reads the rationales, not changed
   * @param examples each with a rationale
   * @param limit of one pass
   * @param context progress and cancellation
   * @return the teacher
   * @throws SetupException if the file cannot be written, or another run is writing it, or the
   *     teacher gives no numbers
   * @throws ai.kale.error.InsufficientMemoryException if a pass does not fit, with what to lower
   */
  public Teacher recompute(
      TeacherKey key,
      TokenPredictor teacher,
      List<TrainingExample> examples,
      PassLimit limit,
      RunContext context) {
    writer(key, teacher, examples).run(teacher, examples, limit, context, true);
    return load(key, examples);
  }

  private CacheWriter writer(
      TeacherKey key, TokenPredictor teacher, List<TrainingExample> examples) {
    int kept = Math.min(key.k(), teacher.vocabularySize());
    return new CacheWriter(file, key, new CacheLayout(key, kept, examples));
  }

  /**
   * Opens the file and checks all of it.
   *
   * @param key what it must have been computed from
   * @param examples the examples of the key
   * @return the teacher
   * @throws CorruptFileException if it is damaged or made from something else, with what differs
   * @throws SetupException if it is not there or cannot be read
   */
  public Teacher load(TeacherKey key, List<TrainingExample> examples) {
    try {
      int kept = CacheHeader.kept(file, key);
      return CachedTargets.open(file, key, new CacheLayout(key, kept, examples));
    } catch (IOException e) {
      throw new SetupException(file + " cannot be read: " + e + "; check path and rights", e);
    }
  }
}
