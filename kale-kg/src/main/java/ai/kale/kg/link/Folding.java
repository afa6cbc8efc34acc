package ai.kale.kg.link;

/**
 * Which differences between two texts do not count when names are compared.
 *
 * @param ignoreCase upper and lower case are the same
 * @param ignorePunctuation only letters, digits and marks count
 */
record Folding(boolean ignoreCase, boolean ignorePunctuation) {
  /** Case and punctuation do not count. */
  static final Folding LOOSE = new Folding(true, true);

  static final int KINDS = 4;

  /** A number for each kind, from 0. */
  int kind() {
    return (ignoreCase ? 1 : 0) + (ignorePunctuation ? 2 : 0);
  }

  /** Punctuation counts, case as here: for names that have nothing else. */
  Folding withPunctuation() {
    return new Folding(ignoreCase, false);
  }
}
