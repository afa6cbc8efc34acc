package ai.kale.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BrainFloatTest {
  @Property(tries = 300, seed = "20261123")
  void bfloat16IsTheNearestWithTiesToEven(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    float found = BrainFloat.toFloat(BrainFloat.fromFloat(value));
    if (Float.isNaN(value)) {
      assertThat(found).isNaN();
      return;
    }
    int kept = bits & 0xffff0000;
    float below = Float.intBitsToFloat(kept);
    float above = Float.intBitsToFloat(kept + 0x10000);
    int rest = bits & 0xffff;
    float nearest =
        rest == 0x8000 ? ((kept & 0x10000) == 0 ? below : above) : rest < 0x8000 ? below : above;
    assertThat(found).isEqualTo(nearest);
  }
}
