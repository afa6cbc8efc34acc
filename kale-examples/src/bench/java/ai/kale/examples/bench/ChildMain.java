package ai.kale.examples.bench;

import ai.kale.error.SetupException;
import ai.kale.examples.bench.store.Contender;
import ai.kale.examples.bench.store.Job;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;

/** One contender in a JVM of its own: a job file in, a file of measurements out. */
public final class ChildMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChildMain() {}

  /**
   * Does one job.
   *
   * @param args the job file, the file for the measurements
   * @throws Exception whatever stops it; the parent reports it
   */
  public static void main(String[] args) throws Exception {
    Job job = JSON.readValue(Path.of(args[0]).toFile(), Job.class);
    Contender contender =
        Contender.of(job.contender())
            .orElseThrow(() -> new SetupException("no contender '" + job.contender() + "'"));
    String line = JSON.writeValueAsString(contender.run(job).values());
    System.out.println(line);
    JSON.writeValue(Path.of(args[1]).toFile(), JSON.readTree(line));
  }
}
