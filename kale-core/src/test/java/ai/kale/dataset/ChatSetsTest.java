package ai.kale.dataset;

import static ai.kale.dataset.FormatFiles.read;
import static ai.kale.dataset.FormatFiles.refused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import ai.kale.jsonl.JsonlFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI messages, ShareGPT and Alpaca. */
class ChatSetsTest {
  private static final String MESSAGES =
      """
      {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Who?"},{"role":"assistant","content":"Ada"}]}
      {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":[{"type":"text","text":"And "},{"type":"text","text":"when?"}]}],"source":"log"}
      """;
  private static final String SHAREGPT =
      """
      [
        {"id": "QWJ_0", "system": "Be kind.", "conversations": [
          {"from": "human", "value": "Who?"},
          {"from": "gpt", "value": "Ada"}]},
        {"conversations": [
          {"from": "system", "value": "Use tools."},
          {"from": "human", "value": "Weather?"},
          {"from": "function_call", "value": "w()"},
          {"from": "observation", "value": "sun"},
          {"from": "gpt", "value": "Sunny"}]}
      ]
      """;
  private static final String ALPACA =
      """
      [
        {"instruction": "Translate to French.", "input": "dog", "output": "chien"},
        {"instruction": "Who wrote Faust?", "input": "", "output": "Goethe", "text": "whole prompt"},
        {"instruction": "Who?", "output": "", "system": "Be brief.", "history": [["a", "b"]]}
      ]
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void theLastUserMessageIsTheQuestion() {
    List<Question> questions = read(QuestionFormats.openAiMessages(), folder, "m.jsonl", MESSAGES);

    assertThat(questions.get(0))
        .isEqualTo(Question.of("m-1", "Who?", List.of("Ada")).withInstruction("Be brief."));
    Question second = questions.get(1);
    assertThat(second.text()).isEqualTo("And when?");
    assertThat(second.answers()).isEmpty();
    assertThat(second.extra()).containsEntry("source", "log");
    assertThat((List<?>) second.extra().get("messages"))
        .hasSize(3)
        .first()
        .isEqualTo(Map.of("role", "user", "content", "Hi"));
  }

  @Test
  void weightsAndToolsOfMessagesAreKept() {
    String line =
        """
        {"messages":[{"role":"developer","content":"D"},{"role":"system","content":"S"},{"role":"user","content":"Q"},{"role":"assistant","content":null,"tool_calls":[]},{"role":"tool","content":"T"},{"role":"assistant","content":"A","weight":0}]}
        """;
    Question question = read(QuestionFormats.openAiMessages(), folder, "m.jsonl", line).get(0);

    assertThat(question.instruction()).isEqualTo("D\n\nS");
    assertThat(question.answers()).containsExactly("A");
    assertThat((List<?>) question.extra().get("messages"))
        .hasSize(6)
        .last()
        .isEqualTo(Map.of("role", "assistant", "content", "A", "weight", 0L));
  }

  @Test
  void aMalformedChatIsAnError() {
    QuestionReader reader = QuestionFormats.openAiMessages();
    refused(reader, folder, MESSAGES + "{\"messages\":[{\"role\":\"user\"", 3, "not JSON");
    refused(
        reader,
        folder,
        MESSAGES.replace("{\"role\":\"user\",\"content\":\"Who?\"},", ""),
        1,
        "messages has no turn of user");
    refused(
        reader,
        folder,
        MESSAGES.replace("\"system\"", "\"narrator\""),
        1,
        "messages[0].role is 'narrator'");
    refused(
        reader,
        folder,
        MESSAGES.replace("\"Who?\"", "7"),
        1,
        "messages[1].content must be a string but is 7");
    refused(
        reader,
        folder,
        MESSAGES.replace("\"type\":\"text\",\"text\":\"when?\"", "\"type\":\"image_url\""),
        2,
        "messages[2].content[1].type is 'image_url'; only text");
    refused(
        reader,
        folder,
        MESSAGES.replace("\"role\":\"system\",", ""),
        1,
        "messages[0].role is missing");
    refused(reader, folder, "{\"message\": []}", 1, "messages is missing");
  }

  @Test
  void shareGptHasConversations() {
    List<Question> questions = read(QuestionFormats.shareGpt(), folder, "s.json", SHAREGPT);

    assertThat(questions.get(0))
        .isEqualTo(Question.of("QWJ_0", "Who?", List.of("Ada")).withInstruction("Be kind."));
    assertThat(questions.get(1).id()).isEqualTo("s-2");
    assertThat(questions.get(1).instruction()).isEqualTo("Use tools.");
    assertThat(questions.get(1).answers()).containsExactly("Sunny");
    assertThat((List<?>) questions.get(1).extra().get("conversations")).hasSize(5);
    refused(
        QuestionFormats.shareGpt(),
        folder,
        SHAREGPT.replace("\"gpt\", \"value\": \"Sunny\"", "\"me\", \"value\": \"x\""),
        5,
        "conversations[4].from is 'me'");
    refused(
        QuestionFormats.shareGpt(),
        folder,
        SHAREGPT.replace("\"Weather?\"", "null"),
        5,
        "no turn of human or user");
  }

  @Test
  void alpacaAsksTheInputWhereThereIsOne() {
    List<Question> questions = read(QuestionFormats.alpaca(), folder, "alpaca.json", ALPACA);

    assertThat(questions.get(0))
        .isEqualTo(
            Question.of("alpaca-1", "dog", List.of("chien"))
                .withInstruction("Translate to French."));
    assertThat(questions.get(1).text()).isEqualTo("Who wrote Faust?");
    assertThat(questions.get(1).instruction()).isEmpty();
    assertThat(questions.get(1).extra()).isEqualTo(Map.of("source.text", "whole prompt"));
    assertThat(questions.get(2).instruction()).isEqualTo("Be brief.");
    assertThat(questions.get(2).answers()).isEmpty();
    assertThat(questions.get(2).extra()).isEqualTo(Map.of("history", List.of(List.of("a", "b"))));
    String lines = ALPACA.replaceAll("(?m)^\\[\n|^\\]\n|,$", "");
    assertThat(read(QuestionFormats.alpaca(), folder, "alpaca.jsonl", lines)).isEqualTo(questions);
  }

  @Test
  void aMalformedAlpacaRowIsAnError() {
    QuestionReader alpaca = QuestionFormats.alpaca();
    refused(alpaca, folder, ALPACA.replace(", \"output\": \"chien\"", ""), 2, "output is missing");
    refused(alpaca, folder, ALPACA.replace("Who wrote Faust?", ""), 3, "instruction is blank");
    refused(alpaca, folder, ALPACA.replace("\"dog\"", "[]"), 2, "input must be a string but is []");
    refused(alpaca, folder, ALPACA.substring(0, 150), 3, "not JSON");
    refused(
        alpaca,
        folder,
        ALPACA.replace("\"output\": \"chien\"", "\"output\": 1, \"output\": 2"),
        2,
        "Duplicate field");
  }

  @Test
  void whateverIsKeptCanBeWritten() {
    String row =
        """
        {"instruction":"i","output":"o","id":"x","text":"t","answers":1,"kale":2,"group":3,"choices":4,"topics":5,"passage":6,"source.text":7}
        """;
    Question question = read(QuestionFormats.alpaca(), folder, "a.jsonl", row).get(0);

    JsonlFormat<Question> format = JsonlFormat.questions();
    assertThat(format.fromLine(format.toLine(question), "memory", 1)).isEqualTo(question);
    assertThat(question.extra())
        .containsEntry("source.text", 7L)
        .containsEntry("source.source.text", "t")
        .hasSize(8);
  }
}
