package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** See {@link QuestionFormats#openAiMessages} and {@link QuestionFormats#shareGpt}. */
final class ChatRows implements JsonStream.Decoder {
  private record Turn(String role, String text, Map<String, Object> whole, boolean plain) {}

  private final ChatLayout layout;

  ChatRows(ChatLayout layout) {
    this.layout = layout;
  }

  @Override
  public List<Question> decode(Fields fields, String id) {
    List<String> instructions = new ArrayList<>();
    if (fields.hasValue("system")) {
      instructions.add(fields.text("system"));
    } else {
      fields.drop("system");
    }
    List<Turn> talk = new ArrayList<>();
    boolean plain = true;
    List<Turn> all = fields.objects(layout.turns()).stream().map(this::turn).toList();
    for (Turn turn : all) {
      plain &= turn.plain();
      if (layout.system().contains(turn.role())) {
        instructions.add(turn.text());
      } else {
        talk.add(turn);
      }
    }
    int asked = last(talk, layout.user(), 0);
    if (asked < 0 || talk.get(asked).text().isBlank()) {
      throw fields.problem(
          layout.turns(),
          "has no turn of "
              + String.join(" or ", layout.user().stream().sorted().toList())
              + " with a text; there is no question in it");
    }
    int answered = last(talk, layout.assistant(), asked + 1);
    String own = fields.has("id") ? fields.looseText("id") : id;
    Map<String, Object> extra = new LinkedHashMap<>(fields.rest());
    boolean whole = plain && asked == 0 && talk.size() == (answered < 0 ? 1 : 2);
    if (!whole) {
      extra.put(layout.turns(), all.stream().map(Turn::whole).toList());
    }
    String answer = answered < 0 ? "" : talk.get(answered).text();
    return List.of(
        Question.of(own, talk.get(asked).text(), answer.isBlank() ? List.of() : List.of(answer))
            .withInstruction(String.join("\n\n", instructions))
            .withExtra(Extras.of(extra)));
  }

  private static int last(List<Turn> talk, Set<String> roles, int from) {
    for (int i = talk.size() - 1; i >= from; i--) {
      if (roles.contains(talk.get(i).role())) {
        return i;
      }
    }
    return -1;
  }

  private Turn turn(Fields turn) {
    Map<String, Object> whole = turn.rest();
    String role = turn.text(layout.role());
    boolean speaks =
        layout.system().contains(role)
            || layout.user().contains(role)
            || layout.assistant().contains(role);
    if (!speaks && !layout.others().contains(role)) {
      throw turn.problem(layout.role(), "is '" + role + "', a role that is not known here");
    }
    if (!speaks || !turn.hasValue(layout.content())) {
      return new Turn(role, "", whole, false); // a tool's turn, or a call of one without a text
    }
    boolean parts = turn.isList(layout.content());
    String text = parts ? joined(turn) : turn.text(layout.content());
    return new Turn(role, text, whole, !parts && turn.rest().isEmpty());
  }

  private String joined(Fields turn) {
    StringBuilder text = new StringBuilder();
    for (Fields part : turn.objects(layout.content())) {
      String type = part.text("type");
      if (!type.equals("text")) {
        throw part.problem("type", "is '" + type + "'; only text can be read");
      }
      text.append(part.text("text"));
    }
    return text.toString();
  }
}
