package ai.kale.train.chat;

/**
 * One turn of a conversation.
 *
 * @param role who speaks: usually {@code system}, {@code user} or {@code assistant}
 * @param content what is said, as it is
 */
public record ChatMessage(String role, String content) {
  /**
   * A turn of the person who asks.
   *
   * @param content what is asked
   * @return the turn
   */
  public static ChatMessage user(String content) {
    return new ChatMessage("user", content);
  }

  /**
   * A turn of the model.
   *
   * @param content what it says
   * @return the turn
   */
  public static ChatMessage assistant(String content) {
    return new ChatMessage("assistant", content);
  }

  /**
   * The instruction in front of a conversation.
   *
   * @param content how to answer
   * @return the turn
   */
  public static ChatMessage system(String content) {
    return new ChatMessage("system", content);
  }
}
