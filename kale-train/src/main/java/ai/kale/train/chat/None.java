package ai.kale.train.chat;

/** Python's {@code None}. */
enum None {
  NONE
}
