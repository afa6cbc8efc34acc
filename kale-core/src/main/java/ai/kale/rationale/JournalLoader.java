package ai.kale.rationale;

import ai.kale.error.CorruptFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Reads the lines of a journal and finds where the sound part ends. */
final class JournalLoader {
  private final Path file;
  private final RandomAccessFile data;

  JournalLoader(Path file, RandomAccessFile data) {
    this.file = file;
    this.data = data;
  }

  /** Puts all sound entries into the map and returns the length of the sound part, in bytes. */
  long load(Map<String, JournalEntry> into) throws IOException {
    long size = data.length();
    long sound = 0;
    long number = 0;
    data.seek(0);
    // Not closed: that would close the file, which the journal owns.
    InputStream in = new BufferedInputStream(new FileInputStream(data.getFD()), 1 << 16);
    while (sound < size) {
      byte[] line = line(in, size - sound);
      number++;
      boolean ended = line[line.length - 1] == '\n';
      byte[] text = ended ? Arrays.copyOf(line, line.length - 1) : line;
      boolean last = sound + line.length == size;
      if (!JournalEntry.isSealed(text)) {
        checkTorn(text, number, last);
        return sound;
      }
      JournalEntry entry = entry(text, number);
      if (!ended) {
        return sound;
      }
      into.put(entry.key(), entry);
      sound += line.length;
    }
    return sound;
  }

  /** A sealed line is as it was written: what is not understood in it is no damage of a crash. */
  private JournalEntry entry(byte[] line, long number) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (!text.startsWith(JournalEntry.HEADER)) {
      throw notOurs(text, number);
    }
    try {
      return JournalEntry.fromLine(line);
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(
          file
              + ":"
              + number
              + ": the line fits its checksum but is not understood ("
              + e.getMessage()
              + "); nothing was changed. Use the ai.kale release that wrote it, or give the run"
              + " another journal file",
          e);
    }
  }

  private static byte[] line(InputStream in, long most) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    int b = '\n' + 1;
    while (b != '\n' && line.size() < most) {
      b = in.read();
      if (b < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      line.write(b);
    }
    return line.toByteArray();
  }

  /** A torn line is the last and begins as a journal's lines do, or is the zeros of a power cut. */
  private void checkTorn(byte[] line, long number, boolean last) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    String begin = text.substring(0, Math.min(text.length(), JournalEntry.HEADER.length()));
    boolean ours = JournalEntry.HEADER.startsWith(begin) || text.matches("\0+");
    if (!ours) {
      throw notOurs(text, number);
    }
    if (!last) {
      throw new CorruptFileException(
          file
              + ":"
              + number
              + ": the line does not fit its checksum, and lines follow; nothing was changed."
              + " Restore the file from a copy, or delete that line to ask that question again");
    }
  }

  private CorruptFileException notOurs(String text, long number) {
    return new CorruptFileException(
        file
            + ":"
            + number
            + ": not a line of a synthesis journal of this version ("
            + JournalEntry.HEADER
            + "…); nothing was changed. Give the run another journal file"
            + versionHint(text));
  }

  private static String versionHint(String text) {
    return text.startsWith("{\"kale\":\"synthesis/") ? ", or use a newer ai.kale release" : "";
  }
}
