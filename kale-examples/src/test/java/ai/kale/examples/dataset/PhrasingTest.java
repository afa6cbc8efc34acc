package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhrasingTest {
  @Test
  void statesAFactInDifferentWords() {
    assertThat(
            IntStream.range(0, Phrasing.STATEMENTS)
                .mapToObj(form -> Phrasing.statement(form, "France", "capital", "Paris")))
        .containsExactly(
            "The capital of France is Paris.",
            "France's capital is Paris.",
            "France has capital Paris.");
  }

  @Test
  void asksForTheEndOfAChainInBothOrders() {
    List<String> chain = List.of("birthplace", "country", "currency");

    assertThat(
            IntStream.range(0, Phrasing.QUESTIONS)
                .mapToObj(form -> Phrasing.question(form, "Ada", chain)))
        .containsExactly(
            "What is the currency of the country of the birthplace of Ada?",
            "What is Ada's birthplace's country's currency?");
  }
}
