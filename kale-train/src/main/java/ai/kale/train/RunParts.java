package ai.kale.train;

import ai.kale.error.SetupException;
import ai.kale.train.data.DataHash;
import ai.kale.train.data.TrainingExample;
import ai.kale.train.objective.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What makes a run another run, part by part, so that a refusal can say which differ. How a batch
 * is cut into passes is not among them: it changes no result beyond rounding.
 */
final class RunParts {
  private static final int SHOWN = 300;

  private final Map<String, String> parts = new LinkedHashMap<>();

  RunParts with(Map<String, String> others) {
    parts.putAll(others);
    return this;
  }

  RunParts with(Schedule schedule) {
    parts.put("seed", Long.toString(schedule.seed()));
    parts.put("schedule", schedule.toString());
    return this;
  }

  /** A source; the teacher is a line that determines it. O(tokens). */
  RunParts withSource(
      String name,
      double weight,
      List<TrainingExample> examples,
      Objective objective,
      int batchSize,
      String teacher) {
    String of = " of " + name;
    parts.put("share" + of, Double.toString(weight));
    parts.put("objective" + of, objective.describe());
    parts.put("batch size" + of, Integer.toString(batchSize));
    parts.put("data" + of, DataHash.of(examples));
    parts.put("teacher" + of, teacher);
    return this;
  }

  /** All parts by name. */
  Map<String, String> all() {
    return Map.copyOf(parts);
  }

  /**
   * Refuses a state of another run.
   *
   * @throws SetupException naming every part that differs, with both values
   */
  static void checkSame(LoopState state, Map<String, String> wanted) {
    List<String> others = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(state.run().keySet());
    for (String name : names) {
      String found = state.run().getOrDefault(name, "nothing");
      String want = wanted.getOrDefault(name, "nothing");
      if (!Objects.equals(found, want)) {
        others.add(name + " (" + shown(found) + ", now " + shown(want) + ")");
      }
    }
    if (!others.isEmpty()) {
      throw new SetupException(
          "the checkpoint of step "
              + state.step()
              + " belongs to a run with another "
              + String.join(" and another ", others)
              + "; use its own settings, or another checkpoint folder");
    }
  }

  private static String shown(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}
