package ai.kale.examples.bench.path.data;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Rows of non-negative numbers, all of one width, one after the other in an array; in a file
 * separated by tabs, one row a line.
 *
 * @param width numbers in a row, 1 or more
 * @param values all rows
 */
public record IntRows(int width, int[] values) {
  private static final int BUFFER = 1 << 16;

  /** Number of rows. */
  public int size() {
    return values.length / width;
  }

  /**
   * A number.
   *
   * @param row from 0 on
   * @param column from 0 on
   * @return what is there
   */
  public int at(int row, int column) {
    return values[row * width + column];
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @param file where
   */
  public void write(Path file) {
    AtomicFiles.write(
        file,
        raw -> {
          OutputStream out = new BufferedOutputStream(raw, BUFFER);
          StringBuilder line = new StringBuilder();
          for (int row = 0; row < size(); row++) {
            line.setLength(0);
            for (int column = 0; column < width; column++) {
              line.append(at(row, column)).append(column + 1 < width ? '\t' : '\n');
            }
            out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
          }
          out.flush();
        });
  }

  /**
   * Reads a file.
   *
   * @param file what {@link #write} made
   * @param width numbers expected in each line
   * @return its rows
   * @throws InvalidInputException naming the line, if it is anything else
   */
  public static IntRows read(Path file, int width) {
    Growing values = new Growing();
    byte[] buffer = new byte[BUFFER];
    int number = -1;
    int column = 0;
    int line = 1;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          byte b = buffer[i];
          if (b >= '0' && b <= '9') {
            number = Math.max(number, 0) * 10 + (b - '0');
          } else if (number >= 0 && b == (column + 1 < width ? '\t' : '\n')) {
            values.add(number);
            number = -1;
            column = (column + 1) % width;
            line += b == '\n' ? 1 : 0;
          } else {
            throw expected(file, line, width);
          }
        }
      }
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
    if (number >= 0 || column != 0) {
      throw expected(file, line, width);
    }
    return new IntRows(width, values.toArray());
  }

  private static InvalidInputException expected(Path file, int line, int width) {
    return new InvalidInputException(
        file.toString(), line, "expected " + width + " numbers separated by tabs");
  }

  /** An array that grows. */
  private static final class Growing {
    private int[] values = new int[1 << 10];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + (size >> 1));
      }
      values[size++] = value;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
