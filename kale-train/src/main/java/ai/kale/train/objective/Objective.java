package ai.kale.train.objective;

import ai.kale.spi.tensor.LossTerm;
import ai.kale.spi.tensor.TokenBatch;
import ai.kale.train.data.TrainingExample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;

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
    if (temperatures(terms).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "objective "
              + name
              + " compares with the teacher at several temperatures; one is supported");
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
    return temperatures(terms).findFirst();
  }

  private static DoubleStream temperatures(List<Term> terms) {
    return terms.stream()
        .filter(TeacherDivergence.class::isInstance)
        .mapToDouble(term -> ((TeacherDivergence) term).temperature());
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
   * What the engine is given for one pass.
   *
   * @param tokens the sequences of the examples, then those that terms asked for
   * @param terms the loss terms of all terms, in order; none if no term has a row
   */
  public record Pass(TokenBatch tokens, List<LossTerm> terms) {
    /** Copies the list. */
    public Pass {
      terms = List.copyOf(terms);
    }
  }

  /**
   * Sequences and loss terms of one pass.
   *
   * @param batch the examples of the pass, with this objective's completion
   * @param divisors of the whole step, see {@link #divisors}
   * @return what the engine is given
   */
  public Pass pass(TermBatch batch, double[] divisors) {
    List<int[]> sequences = new ArrayList<>(batch.tokens().sequences());
    List<LossTerm> all = new ArrayList<>();
    for (int t = 0; t < divisors.length; t++) {
      Term term = terms.get(t);
      all.addAll(term.lossTerms(batch.withFirstExtra(sequences.size()), divisors[t]));
      batch.examples().forEach(example -> sequences.addAll(term.extraSequences(example)));
    }
    return new Pass(new TokenBatch(sequences), all);
  }

  /**
   * The loss terms of one pass, see {@link #pass}.
   *
   * @param batch the examples of the pass, with this objective's completion
   * @param divisors of the whole step, see {@link #divisors}
   * @return the loss terms of all terms, in order
   */
  public List<LossTerm> lossTerms(TermBatch batch, double[] divisors) {
    return pass(batch, divisors).terms();
  }

  /**
   * How many sequences a pass holds for an example: its own and those that terms ask for.
   *
   * @param example an example
   * @return at least 1
   */
  public int sequences(TrainingExample example) {
    return 1 + terms.stream().mapToInt(term -> term.extraSequences(example).size()).sum();
  }

  /**
   * Tokens of an example's longest sequence in a pass: its own, or one that a term asks for.
   *
   * @param example an example
   * @return at least 1
   */
  public int longest(TrainingExample example) {
    int own = example.prompt().length + completion.of(example).length - 1;
    return terms.stream()
        .flatMap(term -> term.extraSequences(example).stream())
        .mapToInt(sequence -> sequence.length)
        .reduce(own, Math::max);
  }

  /** A line that determines this objective: its name and every term with its settings. */
  public String describe() {
    return name + " " + completion + " " + terms.stream().map(Term::describe).toList();
  }
}
