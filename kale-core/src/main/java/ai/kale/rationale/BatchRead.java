package ai.kale.rationale;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link SynthesisRun#readBatch} found.
 *
 * @param accepted replies that are in the journal now and were not before
 * @param alreadyThere replies to requests whose reply was in the journal; paid twice, unless a file
 *     was read again
 * @param failures requests without a reply by kind: {@code "refused"} (the prompt is refused),
 *     {@code "failed"} (the next batch asks again) and {@code "set-up"}
 * @param unknown replies to requests that these questions do not need; not journalled
 * @param problems lines that were not understood, with file and line
 */
public record BatchRead(
    int accepted,
    int alreadyThere,
    SortedMap<String, Integer> failures,
    int unknown,
    List<String> problems) {
  /** Copies the collections. */
  public BatchRead {
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    problems = List.copyOf(problems);
  }

  /** One line for people. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d replies accepted, %d already there, failures %s, %d unknown, %d lines not understood",
        accepted,
        alreadyThere,
        failures,
        unknown,
        problems.size());
  }
}
