package ai.kale.kg.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Ids as bytes: encoding and hashing. The hash is part of the file format. */
final class IdKeys {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private IdKeys() {}

  /** UTF-8; null if the text has an unpaired surrogate, which no encoding can hold. */
  static byte @Nullable [] encode(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    // An unpaired surrogate becomes one '?': look for it only where there is one to look at.
    for (byte b : bytes) {
      if (b == '?') {
        return hasUnpairedSurrogate(id) ? null : bytes;
      }
    }
    return bytes;
  }

  private static boolean hasUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** UTF-8 of a text that is to be kept. */
  static byte[] require(String text) {
    byte[] bytes = encode(text);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "'" + text + "' has an unpaired surrogate and cannot be encoded as UTF-8");
    }
    return bytes;
  }

  /** Hash of a namespace number and a local part. */
  static int hash(int namespace, byte[] bytes, int from, int to) {
    long h = (namespace + 1) * MULTIPLIER + (to - from);
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      h = mix(h ^ (long) LONG.get(bytes, i));
    }
    long tail = 0;
    for (; i < to; i++) {
      tail = tail << 8 | (bytes[i] & 0xff);
    }
    h = mix(h ^ tail);
    return (int) (h ^ (h >>> 32));
  }

  private static long mix(long h) {
    long mixed = (h ^ (h >>> 32)) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }
}
