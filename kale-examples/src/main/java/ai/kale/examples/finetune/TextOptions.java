package ai.kale.examples.finetune;

import ai.kale.error.SetupException;
import ai.kale.train.chat.ChatTemplate;
import ai.kale.train.data.ExampleEncoder;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.Tokenizer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How questions become texts, and which of them are left out. */
final class TextOptions {
  private static final int ANSWER_TOKENS = 32;
  private static final int RATIONALE_TOKENS = 256;

  @Option(
      names = "--chat",
      description = "Lay texts out as the checkpoint's chat template does: for instruct models.")
  boolean chat;

  @Option(
      names = "--chat-date",
      paramLabel = "DATE",
      defaultValue = "2024-07-26",
      description =
          "The date that a template with a date writes, fixed so that a run can be continued on"
              + " another day. Default: ${DEFAULT-VALUE}.")
  LocalDate chatDate = LocalDate.of(2024, 7, 26);

  @Option(
      names = "--max-tokens",
      paramLabel = "TOKENS",
      description = "Longest sequence of prompt and completion. Default: what the model reads.")
  int maxTokens = Integer.MAX_VALUE;

  @Option(
      names = "--skip-bad",
      description = "Leave out questions that are too long or cannot be encoded, and name them.")
  boolean skipBad;

  @Option(
      names = "--new-tokens",
      paramLabel = "TOKENS",
      description = "Longest text the trained model writes. Default: 32; 256 for rationale.")
  @Nullable Integer newTokens;

  /** The layout of texts for a checkpoint. */
  PromptFormat format(Path base) {
    if (!chat) {
      return PromptFormat.standard();
    }
    ChatTemplate template =
        ChatTemplate.load(base)
            .orElseThrow(() -> new SetupException(base + " has no chat template; leave --chat out"))
            .withClock(
                Clock.fixed(chatDate.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC));
    try (Tokenizer tokenizer = HuggingFaceTokenizer.load(base)) {
      return PromptFormat.chat(template, tokenizer);
    }
  }

  ExampleEncoder.Policy policy() {
    return skipBad ? ExampleEncoder.Policy.SKIP : ExampleEncoder.Policy.FAIL;
  }

  /** Longest text of the trained model. */
  int newTokens(boolean withRationale) {
    return newTokens != null ? newTokens : withRationale ? RATIONALE_TOKENS : ANSWER_TOKENS;
  }

  /** Refuses what cannot work before anything is read. */
  void check() {
    if (maxTokens < 1 || (newTokens != null && newTokens < 1)) {
      throw new SetupException("--max-tokens and --new-tokens must be at least 1");
    }
  }
}
