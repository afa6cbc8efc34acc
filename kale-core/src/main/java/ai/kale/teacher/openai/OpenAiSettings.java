package ai.kale.teacher.openai;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/** Everything that an {@link OpenAiTeacherBuilder} decides, checked. */
record OpenAiSettings(
    String id,
    URI endpoint,
    ChatBody body,
    Map<String, String> headers,
    Redactor redactor,
    Duration timeout,
    int mostBytes,
    HttpClient client) {
  /** Teacher and place, for messages. */
  String who() {
    return "teacher " + body.model() + " at " + redactor.redact(Shown.place(endpoint));
  }

  @Override
  public String toString() {
    return "OpenAiSettings[" + id + "]";
  }
}
