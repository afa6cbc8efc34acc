package ai.kale.rationale;

import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.teacher.ReplyJournal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Says what is in a journal and asks nobody. */
final class JournalTeacher implements TeacherModel {
  private final TeacherModel teacher;
  private final String id;
  private final Optional<ReplyJournal> journal;

  JournalTeacher(TeacherModel teacher, Optional<ReplyJournal> journal) {
    this.teacher = teacher;
    this.id = teacher.id();
    this.journal = journal;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Reply reply(Prompt prompt) {
    return find(prompt).orElseThrow(NotAskedException::new);
  }

  @Override
  public CompletableFuture<Reply> replyAsync(Prompt prompt, Executor executor) {
    return find(prompt)
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> CompletableFuture.failedFuture(new NotAskedException()));
  }

  @Override
  public Set<TeacherCapability> capabilities() {
    Set<TeacherCapability> all = EnumSet.of(TeacherCapability.NON_BLOCKING);
    all.addAll(teacher.capabilities());
    return Set.copyOf(all);
  }

  Optional<Reply> find(Prompt prompt) {
    return journal.flatMap(open -> open.get(ReplyJournal.key(id, prompt)));
  }
}
