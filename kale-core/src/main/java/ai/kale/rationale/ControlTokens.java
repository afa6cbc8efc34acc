package ai.kale.rationale;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks the spellings by which chat templates tell turns and documents apart, such as {@code
 * <|im_end|>}, {@code [INST]} and {@code </s>}: a tokenizer takes them for control tokens wherever
 * they stand. A space behind the opening bracket is enough.
 */
final class ControlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "<(?=[|｜])|(?<=[|｜])(?=>)"
              + "|<(?=</?SYS>>)|(?<=SYS>)(?=>)"
              + "|<(?=/?(s|bos|eos|pad|unk|mask|sep|cls|eod|sop|eop|gmask|image|system|user"
              + "|assistant|human|think|tool_call|tool_calls|tool_response|tools"
              + "|start_of_turn|end_of_turn|start_of_image|begin_of_text|end_of_text|endoftext"
              + "|im_start|im_end|unused\\d+|extra_id_\\d+|reserved_\\d+)>)"
              + "|\\[(?=/?(INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT"
              + "|CLS|SEP|MASK|PAD|UNK|BOS|EOS|IMG|gMASK|BEGIN_OF_TEXT|END_OF_TEXT|PREFIX|SUFFIX"
              + "|MIDDLE)\\])",
          Pattern.CASE_INSENSITIVE);

  private ControlTokens() {}

  /** The text with a space in each token; other text is as it was. */
  static String broken(String text) {
    if (text.indexOf('<') < 0 && text.indexOf('[') < 0 && text.indexOf('>') < 0) {
      return text;
    }
    Matcher tokens = TOKEN.matcher(text);
    return tokens.replaceAll(match -> Matcher.quoteReplacement(match.group() + " "));
  }
}
