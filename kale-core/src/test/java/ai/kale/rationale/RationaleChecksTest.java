package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Question;
import ai.kale.tck.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RationaleChecksTest {
  private final GroundedQuestion curie = Samples.curie();

  @Test
  void length() {
    LengthCheck check = new LengthCheck(3, 5);
    assertThat(check.problem(curie, " \n"))
        .hasValueSatisfying(p -> assertThat(p).startsWith("empty:"));
    assertThat(check.problem(curie, "ab")).contains("too-short: 2 characters; write at least 3");
    assertThat(check.problem(curie, "abcdef")).contains("too-long: 6 characters; write at most 5");
    assertThat(check.problem(curie, "😀😀😀")).isEmpty();
  }

  @Test
  void reachesTheAnswer() {
    ReachesAnswerCheck check = new ReachesAnswerCheck();
    assertThat(check.problem(curie, "It is the POLISH  Zloty.")).isEmpty();
    assertThat(check.problem(curie, "It is the Polish zlotys.")).isPresent();
    GroundedQuestion two =
        Samples.grounded(
            curie.question().withAnswers(List.of("Euro", "Polish zloty")), curie.paths());
    assertThat(check.problem(two, "It is the Polish zloty.")).isPresent();
    assertThat(check.problem(two, "It is the euro.")).isEmpty();
    GroundedQuestion alias =
        Samples.grounded(curie.question().withAnswers(List.of("PLN")), curie.paths());
    assertThat(check.problem(alias, "It is the Polish zloty.")).isEmpty();
    GroundedQuestion sign = Samples.grounded(Question.of("s", "?", List.of("+")), List.of());
    assertThat(check.problem(sign, "the sign +")).isEmpty();
    assertThat(check.problem(sign, "the sign -")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "北京, 所以答案是北京。, 所以答案是南京。",
    "東京, 答えは東京です。, 答えは京都です。",
    "ラーメン, 答えはﾗｰﾒﾝです。, 答えはラメンです。",
    "กรุงเทพ, คำตอบคือกรุงเทพครับ, คำตอบคือกรุงไทยครับ",
    "ວຽງຈັນ, ຄຳຕອບແມ່ນວຽງຈັນ, ຄຳຕອບແມ່ນວຽງ",
    "ភ្នំពេញ, ចម្លើយគឺភ្នំពេញ។, ចម្លើយគឺភ្នំ។",
    "ရန်ကုန်, အဖြေမှာရန်ကုန်ဖြစ်သည်, အဖြေမှာရန်ဖြစ်သည်",
    "Paris, 答案是Paris。, 答案是Parish。",
    "T恤, 所以是T恤衫。, 所以是恤衫。",
    "STRASSE, auf der Straße, auf der Strase",
    "Straße, in der STRASSE., in der Straßen.",
    "การ, การงาน, กีฬา",
  })
  void answersAreReachedInEveryScript(String answer, String reaching, String missing) {
    GroundedQuestion question = Samples.grounded(Question.of("s", "?", List.of(answer)), List.of());
    assertThat(new ReachesAnswerCheck().problem(question, reaching)).isEmpty();
    assertThat(new ReachesAnswerCheck().problem(question, missing)).isPresent();
  }

  @Test
  void choicesAndNamesInScriptsWithoutSpaces() {
    Question question =
        new Question("c", "?", List.of("红色"), List.of("红色", "蓝色"), List.of(), "c", Map.of());
    GroundedQuestion grounded = Samples.grounded(question, List.of());
    assertThat(NotTheChoicesCheck.DEFAULT.problem(grounded, "A. 红色 B. 蓝色")).isPresent();
    assertThat(NotTheChoicesCheck.DEFAULT.problem(grounded, "成熟的番茄是红色。")).isEmpty();
    allowed(KnownNamesCheck.capitalized(), "答案是 Warsaw是城市。");
    refused(KnownNamesCheck.capitalized(), "答案是Paris市。", "not \"Paris\"");
    // A word of one run cannot be told from a part of another word.
    KnownNamesCheck graph = KnownNamesCheck.of(Set.of("京都", "Paris", "中"));
    allowed(graph, "東京都是中学。");
    refused(graph, "「京都」、Paris的", "\"京都\", \"Paris\"");
  }

  @Test
  void copiesOfTheChoices() {
    Question question =
        new Question(
            "c", "?", List.of("red"), List.of("red", "dark red", "blue"), List.of(), "c", Map.of());
    GroundedQuestion grounded = Samples.grounded(question, List.of());
    NotTheChoicesCheck check = NotTheChoicesCheck.DEFAULT;
    assertThat(check.problem(grounded, "A. red B. dark red C. blue"))
        .hasValueSatisfying(p -> assertThat(p).startsWith("copies-choices:"));
    assertThat(check.problem(grounded, "red")).isPresent();
    assertThat(check.problem(grounded, "Ripe tomatoes are of this colour, red.")).isEmpty();
    assertThat(check.problem(curie, "x")).isEmpty();
  }

  @Test
  void capitalizedNamesMustBeKnown() {
    KnownNamesCheck check = KnownNamesCheck.capitalized();
    allowed(check, "The birthplace of Marie Curie is Warsaw. So the answer is Polish zloty.");
    allowed(
        check, "Curie's birthplace, Warsaw, lies in Poland, whose currency is the Polish zloty.");
    allowed(check, "Born in Warsaw (Poland). Therefore zloty.");
    refused(check, "She worked with Pierre Curie in Warsaw.", "\"Pierre Curie\"");
    refused(check, "The city of Paris is not it.", "\"Paris\"");
    // One capitalised word that starts a sentence cannot be told from ordinary capitals.
    allowed(check, "Paris is not it.");
    assertThat(check.problem(Samples.pathless("p"), "In Paris, Hugo wrote it.")).isEmpty();
  }

  @Test
  void labelsOfAGraphMustBeAllowed() {
    KnownNamesCheck check =
        KnownNamesCheck.of(Set.of("Paris", "New York", "New York City", "Warsaw", "The", "city"));
    refused(check, "Paris is not it.", "\"Paris\"");
    refused(check, "She saw New York City.", "not \"New York City\"");
    allowed(check, "The city is Warsaw, and Pierre Curie is no label.");
    KnownNamesCheck own = KnownNamesCheck.ofEntitiesIn(List.of(curie, Samples.numbered(1)));
    refused(own, "Warsaw, not N1.", "\"N1\"");
    assertThat(own.name())
        .isEqualTo(KnownNamesCheck.ofEntitiesIn(List.of(curie)).name())
        .isNotEqualTo(check.name());
    KnownNamesCheck signs = KnownNamesCheck.of(Set.of("(500) Days", "D.C."));
    refused(signs, "She saw (500) Days there.", "500");
    refused(signs, "It is in D.C. now.", "D.C");
  }

  private void allowed(RationaleCheck check, String text) {
    assertThat(check.problem(curie, text)).isEmpty();
  }

  private void refused(RationaleCheck check, String text, String named) {
    assertThat(check.problem(curie, text))
        .hasValueSatisfying(p -> assertThat(p).startsWith("unknown-name:").contains(named));
  }
}
