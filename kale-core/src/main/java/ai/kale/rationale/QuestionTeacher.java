package ai.kale.rationale;

import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** A teacher as one question sees it: remembers what it was asked, and what of it was free. */
final class QuestionTeacher implements TeacherModel {
  private final TeacherModel teacher;
  private final Predicate<Prompt> journalled;
  private final List<Prompt> asked = new ArrayList<>();
  private int resumed;

  QuestionTeacher(TeacherModel teacher, Predicate<Prompt> journalled) {
    this.teacher = teacher;
    this.journalled = journalled;
  }

  @Override
  public String id() {
    return teacher.id();
  }

  @Override
  public Reply reply(Prompt prompt) {
    remember(prompt);
    return teacher.reply(prompt);
  }

  @Override
  public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
    remember(prompt);
    return teacher.replyAsync(prompt, executor);
  }

  @Override
  public Set<TeacherCapability> capabilities() {
    return teacher.capabilities();
  }

  private void remember(Prompt prompt) {
    boolean free = journalled.test(prompt);
    synchronized (this) {
      asked.add(prompt);
      resumed += free ? 1 : 0;
    }
  }

  /** What it was asked, in order. */
  synchronized List<Prompt> asked() {
    return List.copyOf(asked);
  }

  /** Whether it was asked, and every reply was in the journal before. */
  synchronized boolean isResumed() {
    return !asked.isEmpty() && resumed == asked.size();
  }

  /** Whether a reply was asked for that was not in the journal. */
  synchronized boolean isFresh() {
    return resumed < asked.size();
  }
}
