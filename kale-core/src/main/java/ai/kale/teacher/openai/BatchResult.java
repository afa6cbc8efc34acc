package ai.kale.teacher.openai;

import ai.kale.error.KaleException;
import ai.kale.spi.TeacherModel;
import java.util.Optional;

/**
 * What became of one request of a batch: a reply or a failure.
 *
 * @param customId of the request
 * @param reply the reply, if there is one
 * @param failure otherwise, what the HTTP teacher would have thrown: its type says whether to ask
 *     again
 */
public record BatchResult(
    String customId, Optional<TeacherModel.Reply> reply, Optional<KaleException> failure) {
  /** Checks that there is exactly one of the two. */
  public BatchResult {
    if (reply.isPresent() == failure.isPresent()) {
      throw new IllegalArgumentException("a batch result is either a reply or a failure");
    }
  }
}
