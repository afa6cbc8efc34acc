package ai.kale.teacher;

import ai.kale.error.CorruptFileException;
import ai.kale.run.LineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the lines of a journal and finds where the sound part ends. */
final class JournalReader {
  private final LineFile file;
  private long number;

  JournalReader(LineFile file) {
    this.file = file;
  }

  /** Passes on all sound lines and returns the length of the sound part, in bytes. */
  long read(Consumer<JournalLine> sink) throws IOException {
    long size = file.length();
    while (file.advance()) {
      number++;
      byte[] bytes = file.line();
      if (!JournalLine.isSealed(bytes)) {
        checkTorn(new String(bytes, StandardCharsets.ISO_8859_1), file.end() == size);
        return file.start();
      }
      JournalLine line = understood(bytes);
      if (!file.ended()) {
        return file.start();
      }
      sink.accept(line);
    }
    return file.end();
  }

  /** A sealed line is as it was written: what is not understood in it is no damage of a crash. */
  private JournalLine understood(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.startsWith(JournalLine.HEADER)) {
      throw notOurs(text);
    }
    try {
      return JournalLine.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(
          here()
              + "the line fits its checksum but is not understood ("
              + e.getMessage()
              + "); nothing was changed. Use the ai.kale release that wrote it, or give the run"
              + " another journal file",
          e);
    }
  }

  /** A torn line is the last and begins as a journal's lines do, or is the zeros of a power cut. */
  private void checkTorn(String text, boolean last) {
    String begin = text.substring(0, Math.min(text.length(), JournalLine.HEADER.length()));
    if (!JournalLine.HEADER.startsWith(begin) && !text.matches("\0+")) {
      throw notOurs(text);
    }
    if (!last) {
      throw new CorruptFileException(
          here()
              + "the line does not fit its checksum, and lines follow; nothing was changed."
              + " Restore the file from a copy, or delete that line to ask and pay for its reply"
              + " again");
    }
  }

  private CorruptFileException notOurs(String text) {
    boolean newer = text.startsWith("{\"kale\":\"reply/");
    return new CorruptFileException(
        here()
            + "not a line of a reply journal of this version ("
            + JournalLine.HEADER
            + "…); nothing was changed. Give the run another journal file"
            + (newer ? ", or use a newer ai.kale release" : ""));
  }

  private String here() {
    return file + ":" + number + ": ";
  }
}
