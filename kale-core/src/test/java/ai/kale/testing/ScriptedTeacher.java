package ai.kale.testing;

import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Replies as told and remembers what it was asked. */
public final class ScriptedTeacher implements TeacherModel {
  /** What it was asked, in order. */
  public final Queue<Prompt> asked = new ConcurrentLinkedQueue<>();

  private final Function<Prompt, String> script;

  /** A teacher that computes its reply. */
  public ScriptedTeacher(Function<Prompt, String> script) {
    this.script = script;
  }

  /** A teacher that gives these replies, one after the other, then the last again. */
  public static ScriptedTeacher saying(String... replies) {
    Queue<String> left = new ConcurrentLinkedQueue<>(List.of(replies));
    String last = replies[replies.length - 1];
    return new ScriptedTeacher(
        prompt -> {
          String next = left.poll();
          return next == null ? last : next;
        });
  }

  @Override
  public String id() {
    return "scripted/1";
  }

  @Override
  public Reply reply(Prompt prompt) {
    asked.add(prompt);
    return new Reply(script.apply(prompt), 100, 10);
  }

  @Override
  public Set<TeacherCapability> capabilities() {
    return Set.of(TeacherCapability.SAMPLING);
  }
}
