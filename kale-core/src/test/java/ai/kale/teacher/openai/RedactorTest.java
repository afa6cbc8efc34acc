package ai.kale.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private static final String KEY = "sk-can/ary+0123\"45&<6>'7";

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(8).ofMaxLength(60);
  }

  @Property(tries = 300, seed = "20261122")
  void aKeyIsFoundInEveryForm(
      @ForAll("keys") String key, @ForAll("keys") String before, @ForAll("keys") String after) {
    Redactor redactor = new Redactor(List.of(key));
    String json = key.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
    String url = URLEncoder.encode(key, StandardCharsets.UTF_8);
    for (String form : List.of(key, json, url, unicode(key))) {
      assertThat(redactor.redact("<< " + form + " >>")).isEqualTo("<< *** >>");
      assertThat(redactor.redactReply("<< " + form + " >>")).isEqualTo("<< *** >>");
    }
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String text = "Bearer " + before + key + after;
      String coded = encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
      assertThat(redactor.redact(coded)).contains("***").hasSizeLessThan(coded.length());
      assertThat(redactor.redact(encoder.encodeToString(key.getBytes(StandardCharsets.UTF_8))))
          .startsWith("***")
          .hasSizeLessThan(7);
    }
  }

  @Property(tries = 100, seed = "20261122")
  void whatHoldsNoKeyStays(@ForAll String text) {
    assertThat(new Redactor(List.of(KEY)).redact(text)).isEqualTo(text);
  }

  @Test
  void htmlIsUnderstood() {
    String html =
        KEY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;");
    assertThat(new Redactor(List.of(KEY)).redact(html)).isEqualTo("***");
    assertThat(new Redactor(List.of(KEY)).redact(html.replace("\"", "&quot;"))).isEqualTo("***");
  }

  @Test
  void aShortKeyIsHiddenWhereItStandsAloneAndStaysInReplies() {
    Redactor redactor = new Redactor(List.of("EMPTY", ""));
    assertThat(redactor.redact("Bearer EMPTY, EMPTYING")).isEqualTo("Bearer ***, EMPTYING");
    assertThat(redactor.redactReply("EMPTY")).isEqualTo("EMPTY");
    assertThat(redactor.toString()).doesNotContain("EMPTY");
  }

  @Property(tries = 300, seed = "20261122")
  void theFirstPartOfAKeyIsFoundWhereATextIsCut(
      @ForAll("keys") String key, @ForAll @IntRange(min = 6, max = 40) int length) {
    Redactor redactor = new Redactor(List.of(key));
    String part = key.substring(0, Math.min(length, key.length() - 1));
    String url = URLEncoder.encode(part, StandardCharsets.UTF_8);
    for (String form : List.of(part, url, unicode(part))) {
      assertThat(redactor.redact("<< " + form)).isEqualTo("<< ***");
      assertThat(redactor.redact("<< " + form + "... >>")).isEqualTo("<< ***... >>");
      assertThat(redactor.redact("<< " + form + "\n>>")).isEqualTo("<< ***\n>>");
      assertThat(redactor.redactReply("<< " + form))
          .isEqualTo(part.length() < 12 ? "<< " + form : "<< ***");
    }
  }

  @Test
  void aPartOfAKeyInsideATextOrInsideAnEscapeIsToldApart() {
    Redactor redactor = new Redactor(List.of("sk-canary-0123456789"));
    assertThat(redactor.redact("sk-canary-012 is no key")).isEqualTo("sk-canary-012 is no key");
    assertThat(redactor.redact("sk-ca")).isEqualTo("sk-ca");
    assertThat(redactor.redact("key: sk\\u002dcanary\\u00")).isEqualTo("key: ***");
    assertThat(redactor.redact("key: sk-canary%2")).isEqualTo("key: ***");
    assertThat(redactor.redact("sk-sk-canary-01… and sk-canary")).isEqualTo("sk-***… and ***");
  }

  @Test
  void whatIsOnlyUnshownStaysInReplies() {
    Redactor redactor = new Redactor(List.of("sk-canary-1"), List.of("Encyclopedia"));
    assertThat(redactor.redact("Encyclopedia sk-canary-1")).isEqualTo("*** ***");
    assertThat(redactor.redactReply("Encyclopedia sk-canary-1")).isEqualTo("Encyclopedia ***");
  }

  @Test
  void failuresAreKeptOrCopiedWithoutTheirCauses() {
    Redactor redactor = new Redactor(List.of(KEY));
    IOException clean = new IOException("reset", new IOException("by peer"));
    assertThat(redactor.redact(clean)).isSameAs(clean);
    IOException inCause = new IOException("failed", new IOException("header " + KEY));
    IOException inSuppressed = new IOException("failed");
    inSuppressed.addSuppressed(new IOException(KEY));
    for (IOException failure : List.of(new IOException(KEY), inCause, inSuppressed)) {
      Throwable copy = redactor.redact((Throwable) failure);
      assertThat(copy).isNotSameAs(failure).hasNoCause().hasNoSuppressedExceptions();
      assertThat(copy.toString()).contains("java.io.IOException").doesNotContain(KEY);
      assertThat(copy.getStackTrace()).isEqualTo(failure.getStackTrace());
    }
  }

  private static String unicode(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04X", c)));
    return escaped.toString();
  }
}
