package ai.kale.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.OperationCancelledException;
import ai.kale.train.checkpoint.SafetensorsFile;
import ai.kale.train.checkpoint.SafetensorsWriter;
import ai.kale.train.checkpoint.TensorType;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptsTest {
  private static void assertCancelled(Path file, ThrowingCallable read) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(read)
        .isInstanceOf(OperationCancelledException.class)
        .hasMessageContaining(file.toString());
    assertThat(Thread.interrupted()).isTrue();
  }

  @AfterEach
  void forget() {
    Thread.interrupted();
  }

  @Test
  void anInterruptWhileWeightsAreOpenedOrReadIsACancellation(@TempDir Path folder) {
    Path file = folder.resolve("w.safetensors");
    SafetensorsWriter.write(
        file, Map.of("w", new long[] {2}), name -> new float[2], TensorType.F32, Map.of());
    assertCancelled(file, () -> SafetensorsFile.open(file));
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertThat(open.floats("w")).hasSize(2);
      assertCancelled(file, () -> open.floats("w"));
    }
  }
}
