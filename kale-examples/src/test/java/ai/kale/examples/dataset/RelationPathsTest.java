package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.examples.dataset.RelationPaths.Hop;
import ai.kale.jsonl.JsonlFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelationPathsTest {
  private static final Question PLAIN = Question.of("q1", "Which?", List.of("this"));

  @Provide
  Arbitrary<List<Hop>> paths() {
    Arbitrary<String> ids =
        Arbitraries.strings().alpha().numeric().withChars("_:/#.-").ofMinLength(1).ofMaxLength(12);
    return Combinators.combine(ids, Arbitraries.of(true, false))
        .as(Hop::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 100, seed = "20261122")
  void comesBackAsItWasAttachedAlsoThroughJsonl(@ForAll("paths") List<Hop> path) {
    Question attached = RelationPaths.attach(PLAIN, path);
    JsonlFormat<Question> format = JsonlFormat.questions();

    assertThat(RelationPaths.of(attached)).contains(path);
    assertThat(RelationPaths.of(format.fromLine(format.toLine(attached), "memory", 1)))
        .contains(path);
  }

  @Test
  void keepsTheOtherFields() {
    Question rich =
        new Question(
            "q",
            "Which?",
            List.of("a"),
            List.of("a", "b"),
            List.of("t"),
            "g",
            Map.of("source", "here"));

    Question attached = RelationPaths.attach(rich, List.of(new Hop("born", true)));

    assertThat(attached.extra()).containsEntry("source", "here").hasSize(2);
    assertThat(attached).usingRecursiveComparison().ignoringFields("extra").isEqualTo(rich);
  }

  @Test
  void namesTheKindOfAQuestion() {
    assertThat(
            RelationPaths.signature(
                RelationPaths.attach(
                    PLAIN, List.of(new Hop("born", true), new Hop("country", false)))))
        .isEqualTo("^born/country");
    assertThat(RelationPaths.signature(PLAIN)).isEqualTo("?");
    assertThat(RelationPaths.of(PLAIN)).isEmpty();
  }

  static Stream<Object> illTyped() {
    return Stream.of("born", 3, true, List.of("born", 3), Map.of("a", "b"), List.of());
  }

  @ParameterizedTest
  @MethodSource("illTyped")
  void anIllTypedFieldIsAnErrorThatNamesTheQuestion(Object value) {
    Question wrong =
        new Question(
            "q7", "Which?", List.of(), List.of(), List.of(), "g", Map.of("relationPath", value));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> RelationPaths.of(wrong))
        .withMessageContaining("q7")
        .withMessageContaining("relationPath");
  }
}
