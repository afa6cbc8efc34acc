package ai.kale.kg.io;

/** Weights as text. */
final class Weights {
  private Weights() {}

  /**
   * A plain decimal number, such as {@code 1}, {@code 0.25} or {@code 1e-5}, perhaps with white
   * space around it; -1 if it is none, negative or not finite.
   */
  static float parse(String text) {
    String number = text.strip();
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      // Java would also take 1f, 0x1p3 and NaN.
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return -1;
      }
    }
    try {
      float weight = Float.parseFloat(number);
      return weight >= 0 && Float.isFinite(weight) ? weight : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** What to tell of a text that is no weight. */
  static String complaint(String text) {
    return "the weight must be a decimal number of 0 or more, got '" + Texts.shorten(text) + "'";
  }
}
