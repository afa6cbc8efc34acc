package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathStep;
import ai.kale.data.Question;
import ai.kale.data.RelationRef;
import ai.kale.tck.Samples;
import ai.kale.testing.HostileLabels;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile texts at every place of a prompt, and in the template: the structure stays the same. */
class HostileLabelsTest {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");
  private static final Pattern CONTROL_TOKEN =
      Pattern.compile(
          "<[|｜]|[|｜]>|</?(s|unk|pad|bos|eos|think|start_of_turn|end_of_turn)>|<<SYS>>|<</SYS>>"
              + "|\\[/?(INST|CLS|SEP|MASK|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\\]");
  private static final List<String> TAGS =
      List.of("instruction", "passage", "question", "options", "answer", "facts");
  private static final int LONGEST = 16_001;

  /** Where a text of others can stand. */
  private enum Place {
    SOURCE,
    RELATION,
    BRIDGE,
    TARGET,
    QUESTION,
    INSTRUCTION,
    PASSAGE,
    OPTION,
    ANSWER
  }

  static Stream<HostileLabels> labels() {
    return HostileLabels.all().stream();
  }

  @Test
  void thereAreFifty() {
    assertThat(HostileLabels.all()).hasSize(50).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("labels")
  void thePromptKeepsItsStructure(HostileLabels hostile) throws JsonProcessingException {
    for (RationalePrompt prompt :
        List.of(
            RationalePrompt.standard(),
            RationalePrompt.standardWithoutPaths(),
            RationalePrompt.named("rationale-v1"))) {
      String plain = prompt.user(question(Place.SOURCE, "plain"), UntrustedLabels.DEFAULT);
      for (Place place : Place.values()) {
        String user = prompt.user(question(place, hostile.text()), UntrustedLabels.DEFAULT);
        assertThat(skeleton(user)).as(place.toString()).isEqualTo(skeleton(plain));
        assertThat(skeleton(Normalizer.normalize(user, Normalizer.Form.NFKC)))
            .as("%s, as NFKC", place)
            .isEqualTo(skeleton(plain));
        assertHarmless(user);
      }
    }
  }

  /** These tests can fail: put in as they are, most of the texts break the prompt. */
  @Test
  void withoutQuotingTheStructureBreaks() {
    String plain = "<facts>\n  (\"plain\")\n</facts>";
    long broken =
        HostileLabels.all().stream()
            .map(hostile -> plain.replace("plain", hostile.text()))
            .filter(
                prompt ->
                    !skeleton(Normalizer.normalize(prompt, Normalizer.Form.NFKC))
                            .equals(skeleton(plain))
                        || CONTROL_TOKEN.matcher(prompt).find()
                        || prompt.codePoints().anyMatch(c -> c != '\n' && !isShown(c))
                        || prompt.length() > LONGEST)
            .count();
    assertThat(broken).isGreaterThanOrEqualTo(30);
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> false;
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("labels")
  void eachTagOpensAndClosesOnceAndEachTripleIsOneLine(HostileLabels hostile) {
    for (Place place : Place.values()) {
      String user =
          RationalePrompt.standard().user(question(place, hostile.text()), UntrustedLabels.DEFAULT);
      String seen = Normalizer.normalize(user, Normalizer.Form.NFKC);
      for (String tag : TAGS) {
        assertThat(seen.split("<" + tag + ">", -1)).as(tag).hasSize(2);
        assertThat(seen.split("</" + tag + ">", -1)).as(tag).hasSize(2);
      }
      String facts = user.substring(user.indexOf("<facts>"), user.indexOf("</facts>"));
      assertThat(facts.lines().toList()).hasSize(4);
      assertThat(facts.lines().filter(line -> line.startsWith("  (\"") && line.endsWith("\")")))
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("labels")
  void theTextLiesInsideItsQuotes(HostileLabels hostile) throws JsonProcessingException {
    String user =
        RationalePrompt.standard()
            .user(question(Place.BRIDGE, hostile.text()), UntrustedLabels.DEFAULT);
    List<String> quoted = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(user);
    while (matcher.find()) {
      quoted.add(new ObjectMapper().readValue(matcher.group(), String.class));
    }
    assertThat(quoted).hasSize(12);
    String clean = UntrustedLabels.DEFAULT.clean(hostile.text());
    assertThat(quoted.get(8)).isEqualTo(clean).isEqualTo(quoted.get(9));
    assertThat(clean.codePointCount(0, clean.length())).isBetween(1, 201);
    assertThat(UntrustedLabels.DEFAULT.clean(clean)).isEqualTo(clean);
  }

  @ParameterizedTest
  @MethodSource("labels")
  void aRetryKeepsItsStructure(HostileLabels hostile) throws JsonProcessingException {
    RationalePrompt prompt = RationalePrompt.standard();
    String plain = prompt.retry("asked", "plain", "too-short: 5 characters");
    String retry = prompt.retry("asked", hostile.text(), "too-short: 5 characters");
    assertThat(skeleton(retry)).isEqualTo(skeleton(plain));
    assertHarmless(retry);
    String named =
        prompt.retry("asked", "plain", "unknown-name: " + hostile.text().replace('"', '\''));
    assertThat(named.lines().count()).isEqualTo(plain.lines().count());
    assertThat(Normalizer.normalize(named, Normalizer.Form.NFKC).split("[<>]", -1))
        .hasSize(plain.split("[<>]", -1).length);
    assertHarmless(named);
  }

  @ParameterizedTest
  @MethodSource("labels")
  void theTemplateStaysOneLineOfSentences(HostileLabels hostile) {
    TemplateVerbalizer template = TemplateVerbalizer.defaults();
    String clean = UntrustedLabels.DEFAULT.clean(hostile.text());
    for (Place place : List.of(Place.SOURCE, Place.RELATION, Place.BRIDGE, Place.TARGET)) {
      GroundedQuestion question = question(place, hostile.text());
      String text = template.verbalize(question.paths(), "Poland");
      assertHarmless(text);
      assertThat(text).doesNotContain("\n").endsWith(". So the answer is Poland.");
      if (place == Place.BRIDGE) {
        assertThat(text).startsWith("The birthplace of Marie Curie is " + clean);
      }
    }
    String answered = template.verbalize(List.of(), hostile.text());
    assertHarmless(answered);
    assertThat(answered).startsWith("So the answer is ").doesNotContain("\n").endsWith(".");
  }

  private static void assertHarmless(String text) {
    assertThat(text.codePoints())
        .noneMatch(c -> c != '\n' && Character.isISOControl(c))
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        .noneMatch(c -> Character.getType(c) == Character.PRIVATE_USE)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT && c != 0x200C && c != 0x200D)
        .noneMatch(c -> c == 0x2028 || c == 0x2029 || (c >= 0xE0000 && c <= 0xE0FFF));
    assertThat(CONTROL_TOKEN.matcher(text).find()).as(text).isFalse();
    assertThat(text.length()).isLessThan(LONGEST + 6000);
  }

  /** The prompt with every quoted text taken out. */
  private static String skeleton(String prompt) {
    return QUOTED.matcher(prompt).replaceAll("\"\"");
  }

  private static GroundedQuestion question(Place place, String text) {
    Question question =
        new Question(
            "h",
            at(place, Place.QUESTION, text, "Where was she born?"),
            at(place, Place.INSTRUCTION, text, "Answer with a country."),
            at(place, Place.PASSAGE, text, "She was born in Warsaw."),
            List.of(at(place, Place.ANSWER, text, "Poland")),
            List.of(at(place, Place.OPTION, text, "Poland"), "France"),
            List.of(),
            "h",
            Map.of());
    EntityRef bridge = new EntityRef("w", at(place, Place.BRIDGE, text, "Warsaw"));
    KnowledgePath path =
        new KnowledgePath(
            new EntityRef("m", at(place, Place.SOURCE, text, "Marie Curie")),
            List.of(
                new PathStep(
                    new RelationRef("b", at(place, Place.RELATION, text, "birthplace")),
                    false,
                    bridge),
                new PathStep(
                    new RelationRef("c", "country"),
                    false,
                    new EntityRef("p", at(place, Place.TARGET, text, "Poland")))));
    return Samples.grounded(question, List.of(path));
  }

  private static String at(Place place, Place here, String text, String otherwise) {
    return place == here ? text : otherwise;
  }
}
