package ai.kale.examples.quickstart;

import ai.kale.train.objective.Objective;
import ai.kale.train.objective.Objectives;
import java.util.Arrays;
import java.util.List;

/** What is compared. Every trained method replays one-hop facts in 30 % of its steps. */
enum Method {
  /** Cross-entropy on the answers. */
  SFT("SFT + replay", Paths.NONE, Labels.GIVEN),
  /** The control that noise cannot touch: the answers are looked up in the graph again. */
  SFT_GRAPH_ANSWERS("SFT on the graph's answers + replay", Paths.NONE, Labels.GRAPH),
  /** Forward KL to the frozen base model that reads the rationale. */
  KALE("KALE + replay", Paths.BEST, Labels.GIVEN),
  /** The same with the bridge lens. */
  KALE_LENS("KALE + bridge lens + replay", Paths.BEST, Labels.GIVEN),
  /** The control for the lens: bridges of other questions. */
  KALE_LENS_SHUFFLED("KALE + shuffled lens + replay", Paths.SHUFFLED, Labels.GIVEN),
  /** Cross-entropy on rationale and answer; writes the rationale at inference. */
  RATIONALE_THEN_ANSWER("rationale, then answer + replay", Paths.BEST, Labels.GIVEN);

  /** Where rationale and bridges come from. */
  enum Paths {
    /** Not used. */
    NONE,
    /** The question's best path: extracted, or its own where answers may be wrong. */
    BEST,
    /** The rationale from the best path, the bridges from other questions. */
    SHUFFLED
  }

  /** Which answers are trained on. */
  enum Labels {
    /** The training set's, wrong ones included. */
    GIVEN,
    /** The ends of the question's own path. */
    GRAPH
  }

  private final String title;
  private final Paths paths;
  private final Labels labels;

  Method(String title, Paths paths, Labels labels) {
    this.title = title;
    this.paths = paths;
    this.labels = labels;
  }

  String title() {
    return title;
  }

  Objective objective() {
    return switch (this) {
      case SFT, SFT_GRAPH_ANSWERS -> Objectives.sft();
      case KALE -> Objectives.kale();
      case KALE_LENS, KALE_LENS_SHUFFLED -> Objectives.kaleWithBridgeLens();
      case RATIONALE_THEN_ANSWER -> Objectives.rationaleThenAnswer();
    };
  }

  Paths paths() {
    return paths;
  }

  Labels labels() {
    return labels;
  }

  /** Whether it writes a rationale before its answer. */
  boolean writesRationale() {
    return this == RATIONALE_THEN_ANSWER;
  }

  /** What is run on clean answers. */
  static List<Method> clean() {
    return Arrays.stream(values()).filter(m -> m != SFT_GRAPH_ANSWERS).toList();
  }

  /** What is run with wrong answers. */
  static List<Method> noisy() {
    return List.of(SFT, SFT_GRAPH_ANSWERS, KALE, KALE_LENS);
  }
}
