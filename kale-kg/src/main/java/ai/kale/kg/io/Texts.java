package ai.kale.kg.io;

import ai.kale.kg.graph.CompactGraphBuilder;
import java.nio.charset.StandardCharsets;

/** What loaders ask of texts from files. */
final class Texts {
  private static final int SHOWN = 80;

  private Texts() {}

  /** The start of a text, for a message. */
  static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /**
   * Refuses an id or a name that the graph in the making would refuse, so that a line is taken
   * whole or not at all.
   *
   * @throws IllegalArgumentException if it is too long or no valid Unicode
   */
  static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          throw new IllegalArgumentException(
              "half a character (a surrogate without its pair) in '" + shorten(text) + "'");
        }
        i++;
      }
    }
    if (text.length() > CompactGraphBuilder.MAX_TEXT_BYTES / 3) {
      int bytes = text.strip().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > CompactGraphBuilder.MAX_TEXT_BYTES) {
        throw new IllegalArgumentException(
            "a text of "
                + bytes
                + " bytes in UTF-8; ids and names have at most "
                + CompactGraphBuilder.MAX_TEXT_BYTES
                + ": '"
                + shorten(text)
                + "'");
      }
    }
  }
}
