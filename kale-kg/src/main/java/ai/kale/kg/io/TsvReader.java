package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.TripleBatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Splits lines of tab-separated text into triples, as bytes. */
final class TsvReader {
  private final boolean weights;
  private final BadLines bad;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  /** Where the columns of a line end. */
  private final int[] ends = new int[4];

  TsvReader(boolean weights, BadLines bad) {
    this.weights = weights;
    this.bad = bad;
  }

  void read(ByteLines lines, BatchPipe pipe) throws InterruptedException {
    TripleBatch batch = pipe.take();
    while (lines.next()) {
      add(lines, batch);
      if (batch.isFull()) {
        pipe.put(batch);
        batch = pipe.take();
      }
    }
    pipe.put(batch);
  }

  private void add(ByteLines lines, TripleBatch batch) {
    byte[] bytes = lines.bytes();
    int to = lines.to();
    int columns = 0;
    int all = 0;
    for (int i = lines.from(); i < to; i++) {
      all |= bytes[i];
      if (bytes[i] == '\t') {
        if (columns < ends.length) {
          ends[columns] = i;
        }
        columns++;
      }
    }
    if (columns < ends.length) {
      ends[columns] = to;
    }
    columns++;
    boolean ascii = all >= 0;
    if (!ascii && !isUtf8(lines)) {
      bad.add(lines.number(), "not UTF-8 text; save the file as UTF-8");
    } else if (columns != (weights ? 4 : 3)) {
      if (!text(bytes, lines.from(), to).isBlank()) {
        bad.add(lines.number(), wrongColumns(columns, text(bytes, lines.from(), to)));
      }
    } else if (fieldsAreIds(lines, bytes)) {
      float weight = weights ? weight(text(bytes, ends[2] + 1, ends[3])) : 1;
      if (weight < 0) {
        bad.add(
            lines.number(),
            "the weight must be a number of 0 or more, got '"
                + shorten(text(bytes, ends[2] + 1, ends[3]))
                + "'");
        return;
      }
      int from = lines.from();
      for (int field = 0; field < 3; field++) {
        batch.field(bytes, from, ends[field], field);
        from = ends[field] + 1;
      }
      batch.endTriple(weight, lines.number());
    }
  }

  private boolean fieldsAreIds(ByteLines lines, byte[] bytes) {
    int from = lines.from();
    for (int field = 0; field < 3; field++) {
      int to = ends[field];
      // A printable ASCII character is no white space; all else is looked at as text.
      boolean plain = to > from && bytes[from] > ' ';
      if (!plain && text(bytes, from, to).isBlank()) {
        String line = text(bytes, lines.from(), lines.to());
        if (!line.isBlank()) {
          bad.add(lines.number(), "column " + (field + 1) + " is empty: '" + shorten(line) + "'");
        }
        return false;
      }
      if (to - from > CompactGraphBuilder.MAX_TEXT_BYTES) {
        bad.add(lines.number(), "column " + (field + 1) + " has " + (to - from) + " bytes");
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  private boolean isUtf8(ByteLines lines) {
    try {
      utf8.decode(ByteBuffer.wrap(lines.bytes(), lines.from(), lines.to() - lines.from()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private String wrongColumns(int columns, String line) {
    return "expected "
        + (weights ? 4 : 3)
        + " columns separated by tabs, found "
        + columns
        + ": '"
        + shorten(line)
        + "'";
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static float weight(String text) {
    try {
      float weight = Float.parseFloat(text);
      return Float.isFinite(weight) ? Math.max(weight, -1) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
