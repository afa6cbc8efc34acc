package ai.kale.spi;

import ai.kale.error.UnsupportedCapabilityException;

/** What a {@link TeacherModel} may offer beyond the minimum. */
public enum TeacherCapability {
  /** Replies count the tokens read and written; without it both counts are 0. */
  TOKEN_COUNTS("set limits in requests instead of tokens or money"),
  /** Takes a temperature above 0; without it only 0 is accepted. */
  SAMPLING("set the temperature to 0"),
  /** {@link TeacherModel#replyAsync} holds no thread while it waits. */
  NON_BLOCKING("call reply from a thread of your own");

  private final String remedy;

  TeacherCapability(String remedy) {
    this.remedy = remedy;
  }

  /**
   * Refuses a teacher that does not have this capability.
   *
   * @param teacher the teacher to look at
   * @param purpose what needs the capability, as the subject of a sentence: {@code "a budget in
   *     tokens"}
   * @throws UnsupportedCapabilityException if the teacher does not have it; names the teacher, the
   *     capability, the purpose and what to do
   */
  public void require(TeacherModel teacher, String purpose) {
    if (!teacher.capabilities().contains(this)) {
      throw new UnsupportedCapabilityException(
          purpose
              + " needs a teacher with "
              + this
              + ", and "
              + teacher.id()
              + " does not offer it: "
              + remedy);
    }
  }
}
