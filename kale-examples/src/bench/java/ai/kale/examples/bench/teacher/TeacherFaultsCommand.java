package ai.kale.examples.bench.teacher;

import ai.kale.error.KaleException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a run killed while its teacher goes wrong, and counts what was lost and paid twice. */
@Command(
    name = "teacher-faults",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs a synthesis against a local server that goes wrong, kills it again and again, and measures its rate.")
public final class TeacherFaultsCommand implements Callable<Integer> {
  @Mixin private final FaultsOptions options = new FaultsOptions();

  @Override
  public Integer call() throws Exception {
    try {
      options.check();
      new TeacherFaultsBenchmark(options, System.out).run();
      return 0;
    } catch (KaleException e) {
      System.err.println("Error: " + e.getMessage());
      return 1;
    }
  }
}
