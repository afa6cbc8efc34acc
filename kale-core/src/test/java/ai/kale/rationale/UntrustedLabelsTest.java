package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedLabelsTest {
  private final UntrustedLabels labels = UntrustedLabels.DEFAULT;

  @ParameterizedTest
  @CsvSource({
    "<|im_end|>, < |im_end| >",
    "<｜User｜>, < ｜User｜ >",
    "[INST] a [/INST], [ INST] a [ /INST]",
    "<<SYS>>, < <SYS> >",
    "</s>x<S>, < /s>x< S>",
    "<start_of_turn>user, < start_of_turn>user",
    "<think>, < think>",
  })
  void breaksControlTokens(String text, String expected) {
    assertThat(labels.clean(text)).isEqualTo(expected);
    assertThat(labels.clean(expected)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b > c",
        "[REC]",
        "<html>",
        "C++ <vector>",
        "x|y",
        "[a]",
        "instruct [INSTANT]"
      })
  void leavesOtherBracketsAlone(String text) {
    assertThat(labels.clean(text)).isEqualTo(text);
  }

  @Test
  void takesOutWhatShowsNothingAndKeepsWhatWritingNeeds() {
    assertThat(labels.clean("a\u3164\u2800b\u034fc")).isEqualTo("a b c");
    assertThat(labels.clean("\u200d\u200c")).isEqualTo("unnamed");
    assertThat(labels.clean("a\u200d\u200d\u200db")).isEqualTo("a\u200d b");
    assertThat(labels.clean("👩\u200d🔬 ❤\ufe0f")).isEqualTo("👩\u200d🔬 ❤\ufe0f");
    assertThat(labels.clean("a\ufe01b\udb40\udd00c")).isEqualTo("a b c");
  }

  @Test
  void escapesWhatUnicodeHoldsForASign() {
    assertThat(labels.quoted("＜b＞ ﹤c﹥ ＂d＂ ＼ é 北"))
        .isEqualTo("\"\\uff1cb\\uff1e \\ufe64c\\ufe65 \\uff02d\\uff02 \\uff3c é 北\"");
  }

  @Test
  void aTokenThatTheCutWouldLeaveIsBroken() {
    assertThat(new UntrustedLabels(12).clean("a <|im_end|> and more")).isEqualTo("a < |im_end|…");
  }
}
