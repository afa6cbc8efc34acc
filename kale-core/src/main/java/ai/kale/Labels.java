package ai.kale;

/** Makes a readable text of an id where a graph has no label. */
public final class Labels {
  private Labels() {}

  /**
   * The part of an id after the last '/', '#' or, in a URN, ':', with underscores as spaces: the
   * label of what has none.
   *
   * @param id an entity or relation id
   * @return a non-empty text
   */
  public static String fromId(String id) {
    int end = id.length();
    while (end > 1 && isSeparator(id.charAt(end - 1), id)) {
      end--;
    }
    int start = end;
    while (start > 0 && !isSeparator(id.charAt(start - 1), id)) {
      start--;
    }
    String text = id.substring(start, end).replace('_', ' ').strip();
    return text.isEmpty() ? id : text;
  }

  private static boolean isSeparator(char c, String id) {
    boolean iri = id.contains("://") || id.startsWith("urn:");
    return iri && (c == '/' || c == '#' || (c == ':' && id.startsWith("urn:")));
  }
}
