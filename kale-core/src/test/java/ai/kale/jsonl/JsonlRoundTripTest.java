package ai.kale.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathReport;
import ai.kale.data.PathStep;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.RelationRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonlRoundTripTest {
  @Property(tries = 300)
  void questions(@ForAll("questions") Question question) {
    check(JsonlFormat.questions(), question);
  }

  @Property(tries = 150)
  void groundedQuestions(@ForAll("grounded") GroundedQuestion question) {
    check(JsonlFormat.groundedQuestions(), question);
  }

  @Property(tries = 100)
  void rationalizedQuestions(@ForAll("rationalized") RationalizedQuestion question) {
    check(JsonlFormat.rationalizedQuestions(), question);
  }

  private static <T> void check(JsonlFormat<T> format, T value) {
    String line = format.toLine(value);
    assertThat(line).startsWith("{\"kale\":\"" + format.header() + "\",").doesNotContain("\n");
    // Through bytes, as in a file: nothing may be lost there either.
    String read = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    T again = format.fromLine(read, "test", 1);
    assertThat(again).isEqualTo(value);
    assertThat(format.toLine(again)).isEqualTo(line);
  }

  /** Every char, half surrogate pairs and controls included. */
  private static Arbitrary<String> text() {
    Arbitrary<String> any =
        Arbitraries.chars()
            .range('\u0000', '\uffff')
            .list()
            .ofMaxSize(12)
            .map(
                chars -> {
                  StringBuilder text = new StringBuilder();
                  chars.forEach(text::append);
                  return text.toString();
                });
    return Arbitraries.oneOf(any, Arbitraries.of("", "ż\"\\\n\u2028", "😀", "\ud83d", "plain"));
  }

  /** Field names cannot hold half surrogate pairs. */
  private static Arbitrary<String> name() {
    return text().filter(StandardCharsets.UTF_8.newEncoder()::canEncode);
  }

  private static Arbitrary<Object> json(int depth) {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            text().map(t -> t),
            Arbitraries.of(true, false),
            Arbitraries.longs().map(n -> n),
            Arbitraries.bigIntegers()
                .between(BigInteger.ONE.shiftLeft(70), BigInteger.ONE.shiftLeft(90))
                .map(n -> n),
            Arbitraries.of("1.0", "-0.1", "1E+40", "3.14159265358979323846264338327950288")
                .map(BigDecimal::new));
    return depth == 0
        ? leaf
        : Arbitraries.oneOf(
            leaf,
            json(depth - 1).list().ofMaxSize(3).map(list -> list),
            extra(depth - 1).map(map -> map));
  }

  private static Arbitrary<Map<String, Object>> extra(int depth) {
    return Arbitraries.maps(name().map(key -> "x-" + key), json(depth)).ofMaxSize(3);
  }

  @Provide
  Arbitrary<Question> questions() {
    Arbitrary<List<String>> texts = text().list().ofMaxSize(3);
    Arbitrary<Question> plain =
        Combinators.combine(text(), text(), texts, texts, texts, text(), extra(2))
            .as(Question::new);
    return Combinators.combine(plain, text(), text())
        .as((question, i, p) -> question.withInstruction(i).withPassage(p));
  }

  private static Arbitrary<EntityRef> entity() {
    return Combinators.combine(text(), text()).as(EntityRef::new);
  }

  private static Arbitrary<Provenance> provenance() {
    return Combinators.combine(text(), Arbitraries.maps(name(), text()).ofMaxSize(3))
        .as(Provenance::of);
  }

  private static Arbitrary<KnowledgePath> path() {
    Arbitrary<PathStep> step =
        Combinators.combine(text(), text(), Arbitraries.of(true, false), entity())
            .as((id, label, inverse, e) -> new PathStep(new RelationRef(id, label), inverse, e));
    Arbitrary<OptionalDouble> score =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(OptionalDouble::of),
            Arbitraries.of(
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    -0.0,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    0.1)
                .map(OptionalDouble::of),
            Arbitraries.of(List.of(OptionalDouble.empty())));
    return Combinators.combine(entity(), step.list().ofMinSize(1).ofMaxSize(3), score)
        .as(KnowledgePath::new);
  }

  @Provide
  Arbitrary<GroundedQuestion> grounded() {
    Arbitrary<PathReport> report =
        Combinators.combine(
                Arbitraries.longs().greaterOrEqual(0),
                text(),
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.of(PathFallback.class))
            .as((arcs, cut, hubs, kind) -> PathReport.of(arcs, cut, hubs).withFallback(kind));
    Arbitrary<List<EntityRef>> entities = entity().list().ofMaxSize(2);
    return Combinators.combine(
            questions(),
            entities,
            entities,
            text().list().ofMaxSize(2),
            path().list().ofMaxSize(3),
            report,
            provenance(),
            extra(1))
        .as(GroundedQuestion::new);
  }

  @Provide
  Arbitrary<RationalizedQuestion> rationalized() {
    Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Rationale> rationale =
        Combinators.combine(text(), text(), count, count).as(Rationale::new);
    return Combinators.combine(grounded(), rationale, provenance(), extra(1))
        .as(RationalizedQuestion::new);
  }
}
