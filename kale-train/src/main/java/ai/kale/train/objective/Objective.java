package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What training minimises: the sum of its terms. {@link Objectives} holds the usual ones.
 *
 * @param name for reports and provenance
 * @param completion what follows each prompt
 * @param terms at least one, their names all different
 */
public record Objective(String name, Completion completion, List<Term> terms) {
  /** Copies the list and checks that the terms fit together. */
  public Objective {
    terms = List.copyOf(terms);
    Set<String> names = new HashSet<>();
    for (Term term : terms) {
      if (!names.add(term.name())) {
        throw new IllegalArgumentException("objective " + name + " has " + term.name() + " twice");
      }
      if (term.needsTeacher() && completion != Completion.ANSWER) {
        throw new IllegalArgumentException(
            term.name() + " compares answers only; it cannot follow a written rationale");
      }
    }
    if (terms.stream().filter(Term::needsTeacher).count() > 1) {
      throw new IllegalArgumentException(
          "objective " + name + " has two terms that need a teacher; one is supported");
    }
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("objective " + name + " has no terms");
    }
  }

  /** Whether training needs a teacher that reads rationales. */
  public boolean needsTeacher() {
    return terms.stream().anyMatch(Term::needsTeacher);
  }

  /** The temperature the teacher's distributions must be made with; empty without a teacher. */
  public OptionalDouble teacherTemperature() {
    return terms.stream()
        .filter(TeacherDivergence.class::isInstance)
        .mapToDouble(term -> ((TeacherDivergence) term).temperature())
        .findFirst();
  }

  /**
   * Why an example cannot be trained on with this objective.
   *
   * @param example an example
   * @return the reason, empty if it can
   */
  public Optional<String> problemWith(TrainingExample example) {
    if (needsTeacher() && !example.hasRationale()) {
      return Optional.of("has no rationale for the teacher of objective " + name);
    }
    if (completion.of(example).length == 0) {
      return Optional.of("has no rationale to write for objective " + name);
    }
    return Optional.empty();
  }

  /**
   * The rows of each term over all examples of a step.
   *
   * @param examples the examples of the whole step
   * @return one positive divisor for each term, in order
   */
  public double[] divisors(List<TrainingExample> examples) {
    double[] divisors = new double[terms.size()];
    for (int t = 0; t < divisors.length; t++) {
      long rows = 0;
      for (TrainingExample example : examples) {
        rows += terms.get(t).rows(example, completion);
      }
      divisors[t] = Math.max(1, rows);
    }
    return divisors;
  }

  /**
   * The loss terms of one pass.
   *
   * @param batch the examples of the pass, with this objective's completion
   * @param divisors of the whole step, see {@link #divisors}
   * @return the loss terms of all terms, in order
   */
  public List<LossTerm> lossTerms(TermBatch batch, double[] divisors) {
    List<LossTerm> all = new ArrayList<>();
    for (int t = 0; t < divisors.length; t++) {
      all.addAll(terms.get(t).lossTerms(batch, divisors[t]));
    }
    return all;
  }

  /** A line that determines this objective: its name and every term with its settings. */
  public String describe() {
    return name + " " + completion + " " + terms.stream().map(Term::describe).toList();
  }
}
