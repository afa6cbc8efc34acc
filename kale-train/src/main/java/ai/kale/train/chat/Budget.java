package ai.kale.train.chat;

/** What one rendering may use up: a template is a program out of a downloaded file. */
final class Budget {
  private static final long STEPS = 400_000;
  private static final long CHARACTERS = 8_000_000;

  private long steps = STEPS;
  private long characters = CHARACTERS;

  void step() {
    if (--steps < 0) {
      throw TemplateFailure.of("it takes more than " + STEPS + " steps");
    }
  }

  /** Counts text, or elements of lists, before they are made. */
  void make(long size) {
    characters -= size;
    if (size > CHARACTERS || characters < 0) {
      throw TemplateFailure.of("it makes more than " + CHARACTERS + " characters of text");
    }
  }

  /** The product of two sizes, refused where it is beyond any budget. */
  int times(long size, long count) {
    if (count > 0 && size > CHARACTERS / count) {
      throw TemplateFailure.of("it makes more than " + CHARACTERS + " characters of text");
    }
    long product = Math.max(0, size * count);
    make(product);
    return (int) product;
  }
}
