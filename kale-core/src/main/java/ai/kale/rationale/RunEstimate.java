package ai.kale.rationale;

import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.spi.TeacherModel.Reply;
import ai.kale.teacher.CostEstimator;

/** Sums up what a pass over the questions tells. */
record RunEstimate(CostEstimator estimator) implements JournalPass.Listener {
  @Override
  public void question() {
    estimator.question();
  }

  @Override
  public void journalled(Prompt prompt, Reply reply, boolean retry) {
    estimator.journalled(prompt, reply, retry);
  }

  @Override
  public void missing(Prompt prompt, boolean retry) {
    estimator.request(prompt, retry);
  }
}
