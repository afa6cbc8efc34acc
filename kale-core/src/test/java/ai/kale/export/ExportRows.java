package ai.kale.export;

import ai.kale.data.GroundedQuestion;
import ai.kale.data.Provenance;
import ai.kale.data.Question;
import ai.kale.data.Rationale;
import ai.kale.data.RationalizedQuestion;
import ai.kale.tck.Samples;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Rows to export. */
final class ExportRows {
  private ExportRows() {}

  static RationalizedQuestion row(Question question, String rationale) {
    GroundedQuestion grounded = Samples.grounded(question, List.of(Samples.curiePath()));
    return new RationalizedQuestion(
        grounded,
        new Rationale(rationale, "template/2", 0, 0),
        Provenance.of("synthesize", Map.of("outcome", "kept", "triples", "3")),
        Map.of());
  }

  /** The running example with its rationale. */
  static RationalizedQuestion curie() {
    return row(
        Samples.curie().question(),
        "The birthplace of Marie Curie is Warsaw. So the answer is Polish zloty.");
  }

  /** Everything a question can hold, in any script, with line breaks and quotes. */
  static Arbitrary<RationalizedQuestion> any() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .all()
                .excludeChars(range((char) 0xD800, (char) 0xDFFF))
                .ofMaxLength(30),
            Arbitraries.of(
                "\n\r\n", "\"}],\\", "a\u2028b\u2029c\u0085d", "😀 é 北京", "\u0000\u001b"));
    Arbitrary<String> filled = text.map(any -> "x" + any);
    Arbitrary<Question> questions =
        Combinators.combine(
                filled,
                text,
                text,
                filled.list().ofMinSize(1).ofMaxSize(3),
                text.list().ofMaxSize(4))
            .as(
                (asked, instruction, passage, answers, choices) ->
                    new Question(
                        "id " + asked,
                        asked,
                        instruction,
                        passage,
                        answers,
                        choices,
                        List.of(),
                        "g",
                        Map.of()));
    return Combinators.combine(questions, filled).as(ExportRows::row);
  }

  private static char[] range(char first, char last) {
    char[] range = new char[last - first + 1];
    for (int i = 0; i < range.length; i++) {
      range[i] = (char) (first + i);
    }
    return range;
  }
}
