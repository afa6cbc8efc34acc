package ai.kale.kg.link;

import ai.kale.spi.TeacherModel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Always replies the same, and keeps what it was asked. */
final class ScriptedTeacher implements TeacherModel {
  private final String text;
  private final Ending ending;
  private final List<Prompt> asked = new CopyOnWriteArrayList<>();

  ScriptedTeacher(String text) {
    this(text, Ending.COMPLETE);
  }

  ScriptedTeacher(String text, Ending ending) {
    this.text = text;
    this.ending = ending;
  }

  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public Reply reply(Prompt prompt) {
    asked.add(prompt);
    return new Reply(text, 0, 0, ending);
  }

  List<Prompt> asked() {
    return asked;
  }
}
