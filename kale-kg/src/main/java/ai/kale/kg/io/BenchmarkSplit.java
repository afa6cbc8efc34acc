package ai.kale.kg.io;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The parts of a link prediction data set. */
public enum BenchmarkSplit {
  /** Known facts. */
  TRAIN,
  /** Facts held out for choosing a model. */
  VALID,
  /** Facts held out for the final evaluation. */
  TEST;

  /** All three. */
  public static Set<BenchmarkSplit> all() {
    return Set.of(values());
  }

  /** The names its file has in the usual distributions, without the suffix of a packing. */
  List<String> fileNames() {
    String name = name().toLowerCase(Locale.ROOT);
    return List.of(
        name + ".txt",
        name + ".tsv",
        "freebase_mtr100_mte100-" + name + ".txt",
        "wordnet-mlj12-" + name + ".txt");
  }
}
