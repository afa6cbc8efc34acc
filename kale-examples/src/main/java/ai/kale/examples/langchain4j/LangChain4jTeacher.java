package ai.kale.examples.langchain4j;

import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any {@link ChatModel} as a {@link TeacherModel}. Build the model with its own retries off ({@code
 * maxRetries(0)}): a teacher's call is one attempt. What the model writes into its exceptions is
 * passed on.
 */
public final class LangChain4jTeacher implements TeacherModel {
  private final ChatModel model;
  private final String id;

  /**
   * @param model sends the requests; safe for use by several threads
   * @param id names the model, its version, and all its settings that change what it writes; a
   *     {@link ChatModel} does not tell
   */
  public LangChain4jTeacher(ChatModel model, String id) {
    this.model = model;
    this.id = "langchain4j:" + id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Set<TeacherCapability> capabilities() {
    return Set.of(TeacherCapability.TOKEN_COUNTS, TeacherCapability.SAMPLING);
  }

  @Override
  public Reply reply(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!prompt.system().isBlank()) {
      messages.add(SystemMessage.from(prompt.system()));
    }
    messages.add(UserMessage.from(prompt.user()));
    ChatRequest request =
        ChatRequest.builder()
            .messages(messages)
            .maxOutputTokens(prompt.maxTokens())
            .temperature(prompt.temperature())
            .build();
    ChatResponse response;
    try {
      response = model.chat(request);
    } catch (RuntimeException e) {
      throw Failures.translated(id, e);
    }
    @Nullable String text = response.aiMessage().text();
    @Nullable TokenUsage usage = response.tokenUsage();
    return new Reply(
        text == null ? "" : text,
        usage == null ? 0 : count(usage.inputTokenCount()),
        usage == null ? 0 : count(usage.outputTokenCount()),
        ending(response.finishReason()));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static Ending ending(@Nullable FinishReason reason) {
    if (reason == FinishReason.LENGTH) {
      return Ending.CUT;
    }
    return reason == FinishReason.CONTENT_FILTER ? Ending.REFUSED : Ending.COMPLETE;
  }

  @Override
  public String toString() {
    return "LangChain4jTeacher[" + id + "]";
  }
}
