package ai.kale.train.checkpoint;

/** bfloat16, the upper half of a 32-bit float, rounding to nearest even. */
final class BrainFloat {
  private BrainFloat() {}

  static float toFloat(short half) {
    return Float.intBitsToFloat(half << 16);
  }

  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
