package ai.kale.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.error.UnsupportedCapabilityException;
import ai.kale.spi.TeacherCapability;
import ai.kale.spi.TeacherModel;
import ai.kale.tck.TeacherModelContract;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LangChain4jTeacherTest extends TeacherModelContract {
  private static final TeacherModel.Prompt PROMPT =
      new TeacherModel.Prompt("Be brief.", "Who?", 16, 0.5);

  private static TeacherModel teacher(Function<ChatRequest, ChatResponse> script) {
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return script.apply(request);
          }
        };
    return new LangChain4jTeacher(model, "fake-1");
  }

  @Override
  protected TeacherModel teacher() {
    return teacher(
        request ->
            ChatResponse.builder()
                .aiMessage(AiMessage.from("Warsaw."))
                .tokenUsage(new TokenUsage(9, 2))
                .build());
  }

  @Test
  void sendsThePromptAndReadsTheReply() {
    TeacherModel teacher =
        teacher(
            request -> {
              assertThat(request.messages())
                  .containsExactly(SystemMessage.from("Be brief."), UserMessage.from("Who?"));
              assertThat(request.maxOutputTokens()).isEqualTo(16);
              assertThat(request.temperature()).isEqualTo(0.5);
              return ChatResponse.builder()
                  .aiMessage(AiMessage.from("Marie"))
                  .tokenUsage(new TokenUsage(7, 2))
                  .finishReason(FinishReason.LENGTH)
                  .build();
            });
    assertThat(teacher.id()).isEqualTo("langchain4j:fake-1");
    assertThat(teacher.capabilities()).contains(TeacherCapability.TOKEN_COUNTS);
    assertThat(teacher.reply(PROMPT))
        .isEqualTo(new TeacherModel.Reply("Marie", 7, 2, TeacherModel.Ending.CUT));
  }

  @Test
  void whatIsMissingIsNothingAndAFilterRefuses() {
    TeacherModel teacher =
        teacher(
            request ->
                ChatResponse.builder()
                    .aiMessage(AiMessage.builder().build())
                    .tokenUsage(new TokenUsage())
                    .finishReason(FinishReason.CONTENT_FILTER)
                    .build());
    assertThat(teacher.reply(PROMPT))
        .isEqualTo(new TeacherModel.Reply("", 0, 0, TeacherModel.Ending.REFUSED));
  }

  @Test
  void theSnippetOfTheDocs() {
    ChatModel chatModel =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().aiMessage(AiMessage.from("Warsaw.")).build();
          }
        };
    // docs: langchain4j
    TeacherModel teacher = new LangChain4jTeacher(chatModel, "mistral-large-2411");
    // docs: end
    assertThat(teacher.id()).isEqualTo("langchain4j:mistral-large-2411");
  }

  @Test
  void exceptionsSayWhatToDoNext() {
    IllegalStateException mistake = new IllegalStateException("a mistake");
    Map<RuntimeException, Class<?>> types = new LinkedHashMap<>();
    types.put(new RateLimitException("busy"), TransientFailureException.class);
    types.put(
        new dev.langchain4j.exception.TimeoutException("slow"), TransientFailureException.class);
    types.put(new UncheckedIOException(new IOException("gone")), TransientFailureException.class);
    types.put(new HttpException(503, "broken"), TransientFailureException.class);
    types.put(new HttpException(429, "busy"), TransientFailureException.class);
    types.put(new HttpException(422, "odd"), InvalidInputException.class);
    types.put(new HttpException(404, "gone"), SetupException.class);
    types.put(new InvalidRequestException("too long"), InvalidInputException.class);
    types.put(new ContentFilteredException("no"), InvalidInputException.class);
    types.put(new AuthenticationException("who"), SetupException.class);
    types.put(new ModelNotFoundException("what"), SetupException.class);
    types.put(new UnsupportedFeatureException("how"), UnsupportedCapabilityException.class);
    types.put(mistake, IllegalStateException.class);
    types.forEach(
        (thrown, expected) -> {
          TeacherModel teacher =
              teacher(
                  request -> {
                    throw thrown;
                  });
          assertThatThrownBy(() -> teacher.reply(PROMPT))
              .as("%s", thrown)
              .isInstanceOf(expected)
              .hasMessageContaining(thrown.getMessage());
        });
  }

  @Test
  void aServiceThatSaysNoBillsNothingAndASilentOneMay() {
    List<RuntimeException> refusals =
        List.of(
            new RateLimitException("busy"),
            new InternalServerException("broken"),
            new HttpException(429, "busy"),
            new HttpException(503, "broken"));
    List<RuntimeException> unknown =
        List.of(
            new dev.langchain4j.exception.TimeoutException("slow"),
            new UncheckedIOException(new IOException("reset")));
    refusals.forEach(failure -> assertThat(translated(failure).isRefusal()).isTrue());
    unknown.forEach(failure -> assertThat(translated(failure).isRefusal()).isFalse());
    refusals.forEach(failure -> assertThat(translated(failure)).hasCause(failure));
  }

  private static TransientFailureException translated(RuntimeException failure) {
    return (TransientFailureException) Failures.translated("m", failure);
  }
}
