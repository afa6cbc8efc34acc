package ai.kale.examples.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {
  @Test
  void knowsWhatIsShipped() {
    assertThat(World.ships("world.nt")).isTrue();
    assertThat(World.ships("moon.nt")).isFalse();
  }

  @Test
  void whatIsNotShippedIsAnErrorAndLeavesNothing(@TempDir Path folder) {
    Path target = folder.resolve("moon.nt");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> World.copy("moon.nt", target))
        .withMessageContaining("moon.nt");

    assertThat(target).doesNotExist();
  }
}
