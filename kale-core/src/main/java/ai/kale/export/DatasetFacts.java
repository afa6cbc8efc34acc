package ai.kale.export;

import ai.kale.data.PathFallback;
import ai.kale.data.RationalizedQuestion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a card says of the rows, counted one by one in bounded memory. */
final class DatasetFacts {
  private final Counts outcomes = new Counts();
  private final Counts teachers = new Counts();
  private final Counts prompts = new Counts();
  private final Counts snapshots = new Counts();
  private final Map<String, Counts> grounding = new TreeMap<>();
  private long rows;
  private long paths;
  private long triples;
  private long withChoices;
  private long withPassage;
  private long onFallback;
  private long withoutPath;
  private long promptTokens;
  private long completionTokens;

  void add(RationalizedQuestion row) {
    rows++;
    Map<String, String> facts = row.provenance().facts();
    Map<String, String> before = row.grounded().provenance().facts();
    outcomes.add(facts.getOrDefault("outcome", "unknown"));
    teachers.add(row.rationale().teacher());
    if (facts.containsKey("prompt.version")) {
      prompts.add(
          facts.get("prompt.version") + " " + facts.getOrDefault("prompt.sha256", "without hash"));
    }
    String snapshot = facts.getOrDefault("graph.snapshot", before.get("graph.snapshot"));
    snapshots.add(snapshot == null ? "unknown" : snapshot);
    before.forEach(
        (name, value) -> {
          if (!name.equals("graph.snapshot") && !name.equals("outcome")) {
            grounding.computeIfAbsent(name, key -> new Counts()).add(value);
          }
        });
    paths += row.grounded().paths().size();
    triples += number(facts.get("triples"));
    withChoices += row.question().choices().isEmpty() ? 0 : 1;
    withPassage += row.question().passage().isEmpty() ? 0 : 1;
    boolean none = row.grounded().paths().isEmpty();
    withoutPath += none ? 1 : 0;
    onFallback += !none && row.grounded().report().fallback() != PathFallback.NONE ? 1 : 0;
    promptTokens += row.rationale().promptTokens();
    completionTokens += row.rationale().completionTokens();
  }

  long rows() {
    return rows;
  }

  /** Name and value of each line, in order; the values are Markdown. */
  Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("questions", Long.toString(rows));
    lines.put("outcomes", outcomes.describe(rows));
    lines.put("written by the template after a teacher failed", share(outcomes.of("fell-back")));
    lines.put("on fallback paths, which do not reach the answer", share(onFallback));
    lines.put("without any path", share(withoutPath));
    lines.put("teachers", teachers.describe(rows));
    String asked = prompts.describe(rows);
    lines.put("prompts (version, SHA-256)", asked.isEmpty() ? "none" : asked);
    lines.put("tokens read and written by teachers", promptTokens + " and " + completionTokens);
    lines.put("graph snapshot", snapshots.describe(rows));
    lines.put("paths", Long.toString(paths));
    lines.put("triples given to the rationales", Long.toString(triples));
    lines.put("questions with options", Long.toString(withChoices));
    lines.put("questions with a passage", Long.toString(withPassage));
    grounding.forEach(
        (name, values) -> lines.put("grounding: " + DatasetCard.code(name), values.describe(rows)));
    return lines;
  }

  private String share(long count) {
    double percent = rows == 0 ? 0 : 100.0 * count / rows;
    return String.format(Locale.ROOT, "%d (%.1f %%)", count, percent);
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
