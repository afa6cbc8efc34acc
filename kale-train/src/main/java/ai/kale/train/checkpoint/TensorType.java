package ai.kale.train.checkpoint;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Element types of safetensors files, and the conversion of the floating ones. */
public enum TensorType {
  /** 64-bit float. */
  F64(8),
  /** 32-bit float. */
  F32(4),
  /** IEEE half precision. */
  F16(2),
  /** The upper half of a 32-bit float. */
  BF16(2),
  /** 8-bit float with 4 exponent bits. */
  F8_E4M3(1),
  /** 8-bit float with 5 exponent bits. */
  F8_E5M2(1),
  /** 8-bit exponent without mantissa. */
  F8_E8M0(1),
  /** 8-bit float with 4 exponent bits and no infinities. */
  F8_E4M3FNUZ(1),
  /** 8-bit float with 5 exponent bits and no infinities. */
  F8_E5M2FNUZ(1),
  /** Two 32-bit floats. */
  C64(8),
  /** Signed 64 bits. */
  I64(8),
  /** Unsigned 64 bits. */
  U64(8),
  /** Signed 32 bits. */
  I32(4),
  /** Unsigned 32 bits. */
  U32(4),
  /** Signed 16 bits. */
  I16(2),
  /** Unsigned 16 bits. */
  U16(2),
  /** Signed 8 bits. */
  I8(1),
  /** Unsigned 8 bits. */
  U8(1),
  /** One byte, 0 or 1. */
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@link SafetensorsFile#floats} reads it. */
  public boolean isReadable() {
    return this == F32 || this == F16 || this == BF16;
  }

  static @Nullable TensorType of(String name) {
    for (TensorType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** Converts the next elements of a little-endian buffer. */
  void read(ByteBuffer from, float[] to, int offset, int count) {
    switch (this) {
      case F32 -> from.asFloatBuffer().get(to, offset, count);
      case F16 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = HalfPrecision.toFloat(from.getShort(i * 2));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = BrainFloat.toFloat(from.getShort(i * 2));
        }
      }
      default -> throw new IllegalStateException("not readable as float: " + this);
    }
  }
}
