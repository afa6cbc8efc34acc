package ai.kale.kg.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Columns and texts that lie in a mapped file. The usual case, one chunk and a block that was
 * checked before, is handled here, without a call and an addition for each number.
 */
final class MappedColumns {
  private MappedColumns() {}

  static IntColumn numbers(MappedSection section, int width) {
    return width == Character.BYTES ? new Chars(section) : new Ints(section);
  }

  static TextStore texts(MappedSection section) {
    return new Texts(section);
  }

  private static final class Ints extends IntColumn {
    private final MappedSection section;
    private final @Nullable ByteBuffer only;
    private final boolean[] checked;
    private final int size;

    Ints(MappedSection section) {
      this.section = section;
      this.only = section.onlyChunk();
      this.checked = section.checked();
      this.size = Math.toIntExact(section.length() / Integer.BYTES);
    }

    @Override
    int get(int index) {
      ByteBuffer bytes = only;
      return bytes != null && checked[index >>> (MappedSection.BLOCK_BITS - 2)]
          ? bytes.getInt(index << 2)
          : section.getInt((long) index << 2);
    }

    @Override
    int size() {
      return size;
    }

    @Override
    int width() {
      return Integer.BYTES;
    }
  }

  private static final class Chars extends IntColumn {
    private final MappedSection section;
    private final @Nullable ByteBuffer only;
    private final boolean[] checked;
    private final int size;

    Chars(MappedSection section) {
      this.section = section;
      this.only = section.onlyChunk();
      this.checked = section.checked();
      this.size = Math.toIntExact(section.length() / Character.BYTES);
    }

    @Override
    int get(int index) {
      ByteBuffer bytes = only;
      return bytes != null && checked[index >>> (MappedSection.BLOCK_BITS - 1)]
          ? bytes.getChar(index << 1)
          : section.getChar((long) index << 1);
    }

    @Override
    int size() {
      return size;
    }

    @Override
    int width() {
      return Character.BYTES;
    }
  }

  private static final class Texts extends TextStore {
    private final MappedSection section;

    Texts(MappedSection section) {
      this.section = section;
    }

    @Override
    long byteLength() {
      return section.length();
    }

    @Override
    byte at(long position) {
      return section.getByte(position);
    }

    @Override
    void copy(long position, byte[] target, int from, int length) {
      section.copy(position, target, from, length);
    }

    @Override
    void writeTo(SectionWriter out) throws IOException {
      byte[] part = new byte[GraphFileFormat.BLOCK];
      for (long at = 0; at < section.length(); at += part.length) {
        int count = (int) Math.min(part.length, section.length() - at);
        section.copy(at, part, 0, count);
        out.putBytes(part, count);
      }
    }
  }
}
