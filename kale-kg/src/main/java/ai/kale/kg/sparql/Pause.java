package ai.kale.kg.sparql;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, replaced in tests. */
interface Pause {
  /** The real ones. */
  Pause REAL =
      new Pause() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time.toMillis());
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  /** The current moment. */
  Instant now();

  /** Waits. */
  void sleep(Duration time) throws InterruptedException;

  /** Uniform from 0 to 1. */
  double random();
}
