package ai.kale.teacher.openai;

import java.net.URI;

/** Texts from elsewhere as they are shown: one line, not too long, without secrets. */
final class Shown {
  private static final int LENGTH = 400;

  private Shown() {}

  static String line(String text, Redactor redactor) {
    String clean = redactor.redact(text).replaceAll("[\\s\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}]+", " ");
    clean = clean.strip();
    int end = Math.min(clean.length(), LENGTH);
    return end == clean.length() ? clean : clean.substring(0, end) + "…";
  }

  /** An address without user info, query and fragment. */
  static String place(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return address.getScheme() + "://" + address.getHost() + port + path;
  }
}
