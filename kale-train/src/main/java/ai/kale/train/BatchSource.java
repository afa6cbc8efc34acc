package ai.kale.train;

import ai.kale.error.InvalidInputException;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Term;
import ai.kale.train.teacher.Teacher;
import java.util.List;
import java.util.Optional;

/**
 * Examples that are trained on together, with their own objective. Each step draws one source by
 * weight and takes one batch of it.
 *
 * @param name for reports, unique within a run
 * @param weight how often it is drawn, relative to the others; positive
 * @param examples at least one
 * @param objective what these examples are trained with
 * @param batchSize largest number of examples of a step, at least 1
 * @param teacher there if the objective needs one
 */
public record BatchSource(
    String name,
    double weight,
    List<TrainingExample> examples,
    Objective objective,
    int batchSize,
    Optional<Teacher> teacher) {
  /**
   * Copies the list and checks that every example fits the objective.
   *
   * @throws InvalidInputException if there is no example, or one does not fit, naming its question,
   *     or a term of the objective has nothing to read in any of them
   */
  public BatchSource {
    examples = List.copyOf(examples);
    if (!(weight > 0) || !Double.isFinite(weight) || batchSize < 1) {
      throw new IllegalArgumentException(
          "source "
              + name
              + " needs a positive weight and batch size; got "
              + weight
              + " and "
              + batchSize);
    }
    if (examples.isEmpty()) {
      throw new InvalidInputException("source " + name + " has no examples to train on");
    }
    if (objective.needsTeacher() && teacher.isEmpty()) {
      throw new IllegalArgumentException(
          "source " + name + " needs a teacher for objective " + objective.name());
    }
    checkFit(name, examples, objective);
    if (teacher.isPresent()) {
      teacher.get().checkServes(examples);
    }
  }

  /** The checks of examples and objective alone, for those who make the teacher after them. */
  static void checkFit(String name, List<TrainingExample> examples, Objective objective) {
    for (TrainingExample example : examples) {
      Optional<String> problem = objective.problemWith(example);
      if (problem.isPresent()) {
        throw new InvalidInputException(
            "question " + example.questionId() + " " + problem.get() + "; leave it out");
      }
    }
    for (Term term : objective.terms()) {
      if (examples.stream().noneMatch(e -> term.rows(e, objective.completion()) > 0)) {
        throw new InvalidInputException(
            "source "
                + name
                + ": the term "
                + term.name()
                + " of objective "
                + objective.name()
                + " has nothing to read in any of "
                + examples.size()
                + " examples. A bridge lens reads questions whose paths have intermediate entities,"
                + " as many as its layers cover, that are not masked. Ground the questions with"
                + " paths, or take an objective without this term");
      }
    }
  }

  /**
   * A source without a teacher.
   *
   * @param name for reports
   * @param weight how often it is drawn
   * @param examples at least one
   * @param objective one that needs no teacher
   * @param batchSize largest number of examples of a step
   * @return a source
   */
  public static BatchSource of(
      String name,
      double weight,
      List<TrainingExample> examples,
      Objective objective,
      int batchSize) {
    return new BatchSource(name, weight, examples, objective, batchSize, Optional.empty());
  }

  /** Adds what determines this source, its data included. O(tokens). */
  void addTo(RunParts parts) {
    parts.withSource(
        name,
        weight,
        examples,
        objective,
        batchSize,
        teacher.map(Teacher::describe).orElse("none"));
  }
}
