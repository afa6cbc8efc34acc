package ai.kale.train;

/**
 * Who gives the distributions that an objective compares with. Every teacher reads the rationale,
 * and no gradient flows into it.
 *
 * <table>
 *   <caption>Teachers</caption>
 *   <tr><th>mode</th><th>who</th><th>cost</th></tr>
 *   <tr><td>{@link #frozenCached}</td><td>the model that training begins with, its adapter off</td>
 *       <td>one forward pass over the data before the first step</td></tr>
 *   <tr><td>{@link #frozenLive}</td><td>the same, computed anew in each step; needs an adapter</td>
 *       <td>a forward pass a step</td></tr>
 *   <tr><td>{@link #live}</td><td>the student as it is</td><td>a forward pass a step</td></tr>
 *   <tr><td>{@link #ema}</td><td>a moving average of the student</td>
 *       <td>a forward pass a step, the trainable values once more</td></tr>
 *   <tr><td>{@link #refreshed}</td><td>the student of the last multiple of n steps</td>
 *       <td>a forward pass a step, the trainable values once more</td></tr>
 * </table>
 */
public sealed interface TeacherMode {
  /** The model that training begins with, computed once. */
  record FrozenCached() implements TeacherMode {}

  /** The base of an adapter, computed in each step. */
  record FrozenLive() implements TeacherMode {}

  /** The student itself. */
  record Live() implements TeacherMode {}

  /**
   * A moving average of the student.
   *
   * @param decay share of the average that a step keeps, in [0, 1)
   */
  record Ema(double decay) implements TeacherMode {
    /** Checks the range. */
    public Ema {
      if (!(decay >= 0 && decay < 1)) {
        throw new IllegalArgumentException("decay must lie in [0, 1); got " + decay);
      }
    }
  }

  /**
   * A copy of the student that is renewed.
   *
   * @param every steps between two copies, at least 1
   */
  record Refreshed(int every) implements TeacherMode {
    /** Checks the range. */
    public Refreshed {
      if (every < 1) {
        throw new IllegalArgumentException("every must be at least 1; got " + every);
      }
    }
  }

  /** The model that training begins with, its distributions computed once: the default. */
  static TeacherMode frozenCached() {
    return new FrozenCached();
  }

  /** The base of an adapter, computed in each step: nothing is kept on disk or in memory. */
  static TeacherMode frozenLive() {
    return new FrozenLive();
  }

  /** The student itself: the other reading of the paper's "same model". */
  static TeacherMode live() {
    return new Live();
  }

  /**
   * A moving average of the student.
   *
   * @param decay share of the average that a step keeps, in [0, 1)
   * @return the mode
   */
  static TeacherMode ema(double decay) {
    return new Ema(decay);
  }

  /**
   * A copy of the student that is renewed every so many steps.
   *
   * @param every at least 1
   * @return the mode
   */
  static TeacherMode refreshed(int every) {
    return new Refreshed(every);
  }
}
