package ai.kale.examples.bench.train;

import ai.kale.examples.bench.report.MarkdownTable;
import ai.kale.spi.tensor.EngineOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All contenders on one shape, in turns; one row of the table for each. */
final class StepRounds {
  private static final List<String> KINDS = List.of("sft", "cached", "live");
  private static final Map<String, String> TITLES =
      Map.of("sft", "SFT", "cached", "KA, cached teacher", "live", "KA, live teacher");
  private static final String FLOOR = "floor";
  private static final String PEAK = "peak";

  /** A square product, to see the speed of the processor. */
  private static final Product SQUARE = new Product(0, Product.Form.PLAIN, 1, 2048, 2048, 2048);

  private final StepShape shape;
  private final int rounds;
  private final int repeats;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private String torchVersion = "not installed";

  StepRounds(StepShape shape, int rounds) {
    this.shape = shape;
    this.rounds = rounds;
    this.repeats = shape.name().equals("small") ? 3 : 1;
  }

  void run(String python, Path folder) {
    try (StepRunner kale =
            new StepRunner(shape, StepRunner.open(shape.config(), EngineOptions.cpu()), 7);
        MatmulFloor floor = new MatmulFloor(Product.ofStep(shape));
        MatmulFloor peak = new MatmulFloor(List.of(SQUARE))) {
      Map<String, Runnable> ours = new LinkedHashMap<>();
      ours.put(PEAK, peak::run);
      ours.put(FLOOR, floor::run);
      ours.put("sft", kale::sft);
      ours.put("cached", kale::cached);
      ours.put("live", kale::live);
      Optional<TorchProcess> started = TorchProcess.start(python, shape, folder);
      try {
        for (int round = 0; round <= rounds; round++) {
          boolean warm = round > 0;
          ours.forEach((name, step) -> add(warm, name, Sample.of(warm ? repeats : 1, step)));
          started.ifPresent(
              torch ->
                  KINDS.forEach(
                      kind -> add(warm, "torch " + kind, torch.step(kind, warm ? repeats : 1))));
        }
        started.ifPresent(torch -> torchVersion = torch.version());
      } finally {
        started.ifPresent(TorchProcess::close);
      }
    }
  }

  private void add(boolean warm, String name, Sample sample) {
    if (warm) {
      samples.computeIfAbsent(name, key -> new ArrayList<>()).add(sample);
    }
  }

  String report() {
    MarkdownTable table =
        new MarkdownTable(
            shape.name(),
            "CPU, ms",
            "wall, ms",
            "of the floor",
            "of SFT",
            "of PyTorch's",
            "of the peak, %");
    double flops = Product.flops(Product.ofStep(shape));
    double reading = Product.flops(Product.ofReading(shape));
    row(table, "matrix products alone", FLOOR, FLOOR, "", flops);
    for (String kind : KINDS) {
      double all = flops + (kind.equals("live") ? reading : 0);
      row(table, "KALE, " + TITLES.get(kind), kind, "sft", "torch " + kind, all);
    }
    if (samples.containsKey("torch sft")) {
      for (String kind : KINDS) {
        double all = flops + (kind.equals("live") ? reading : 0);
        row(table, "PyTorch, " + TITLES.get(kind), "torch " + kind, "torch sft", "", all);
      }
    }
    return shape.describe()
        + " "
        + String.format(
            java.util.Locale.ROOT,
            "%.1f GFLOP a step, %.1f more for the live teacher; peak %.0f GFLOP/s. PyTorch: %s.",
            flops / 1e9,
            reading / 1e9,
            SQUARE.flops() / median(PEAK, Sample::cpu).orElseThrow() / 1e6,
            torchVersion)
        + "\n\n"
        + table;
  }

  private void row(
      MarkdownTable table, String title, String name, String sft, String torch, double flops) {
    boolean isFloor = name.equals(FLOOR);
    double peak = SQUARE.flops() / median(PEAK, Sample::cpu).orElseThrow();
    OptionalDouble cpu = median(name, Sample::cpu);
    table.row(
        List.of(
            title,
            MarkdownTable.number(cpu, 1, 0),
            MarkdownTable.number(median(name, Sample::wall), 1, 0),
            MarkdownTable.ratio(ratio(name, FLOOR)),
            isFloor ? MarkdownTable.NONE : MarkdownTable.ratio(ratio(name, sft)),
            MarkdownTable.ratio(ratio(name, torch)),
            MarkdownTable.number(OptionalDouble.of(100 * flops / cpu.orElseThrow() / peak), 1, 0)));
  }

  /** The ratio of CPU time within a round, then the median. */
  private OptionalDouble ratio(String name, String other) {
    List<Sample> some = samples.getOrDefault(name, List.of());
    List<Sample> others = samples.getOrDefault(other, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
      ratios.add(some.get(i).cpu() / others.get(i).cpu());
    }
    return median(ratios);
  }

  private OptionalDouble median(String name, ToDoubleFunction<Sample> what) {
    return median(
        samples.getOrDefault(name, List.of()).stream().mapToDouble(what).boxed().toList());
  }

  static OptionalDouble median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
  }
}
