package ai.kale.jsonl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Entities marked in a question's text by their place; see {@link QuestionFiles}. */
final class Spans {
  private static final String FIELD = "spans";

  private Spans() {}

  /** What the spans name, in their order, each once; the field itself is not taken. */
  static List<String> topics(Fields fields, String text) {
    JsonNode spans = fields.peek(FIELD);
    if (spans == null) {
      return List.of();
    }
    if (!spans.isArray()) {
      throw fields.problem(FIELD, "must be a list of [start, end] or {\"start\", \"end\"}");
    }
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      String topic = topic(fields, FIELD + "[" + i + "]", spans.get(i), text);
      if (!topics.contains(topic)) {
        topics.add(topic);
      }
    }
    return topics;
  }

  private static String topic(Fields fields, String name, JsonNode span, String text) {
    boolean pair = span.isArray() && span.size() == 2;
    if (!pair && !(span.isObject() && span.has("start") && span.has("end"))) {
      throw fields.problem(
          name, "must be [start, end] or {\"start\", \"end\", \"entity\"} but is " + span);
    }
    JsonNode start = pair ? span.get(0) : span.get("start");
    JsonNode end = pair ? span.get(1) : span.get("end");
    int length = text.codePointCount(0, text.length());
    if (!start.isInt() || !end.isInt() || start.intValue() < 0 || end.intValue() > length) {
      throw fields.problem(
          name,
          "goes from "
              + start
              + " to "
              + end
              + ", but the question has the code points 0 to "
              + length
              + "; count code points, the end exclusive");
    }
    if (start.intValue() >= end.intValue()) {
      throw fields.problem(name, "is empty: from " + start + " to " + end);
    }
    JsonNode entity = span.get("entity");
    if (entity == null) {
      int from = text.offsetByCodePoints(0, start.intValue());
      return text.substring(from, text.offsetByCodePoints(from, end.intValue() - start.intValue()));
    }
    if (!entity.isTextual() || entity.textValue().isBlank()) {
      throw fields.problem(name + ".entity", "must be an entity's id but is " + entity);
    }
    return entity.textValue();
  }
}
