package ai.kale.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.KnowledgePath;
import ai.kale.data.PathFallback;
import ai.kale.data.PathStep;
import ai.kale.data.Question;
import ai.kale.data.RationalizedQuestion;
import ai.kale.data.RelationRef;
import ai.kale.error.InvalidInputException;
import ai.kale.train.TinyWorld;
import ai.kale.train.djl.HuggingFaceTokenizer;
import ai.kale.train.text.PromptFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleEncoderTest {
  private @Nullable HuggingFaceTokenizer opened;

  @BeforeEach
  void open(@TempDir Path folder) {
    TinyWorld.tokenizer().write(folder);
    opened = HuggingFaceTokenizer.load(folder);
  }

  @AfterEach
  void close() {
    tokenizer().close();
  }

  private HuggingFaceTokenizer tokenizer() {
    return Objects.requireNonNull(opened);
  }

  private ExampleEncoder encoder(int maxTokens, BridgeMask mask) {
    return new ExampleEncoder(tokenizer(), PromptFormat.standard(), maxTokens, mask);
  }

  @Test
  void promptAndAnswerAreEncodedSeparately() {
    RationalizedQuestion question = TinyWorld.questions().get(2);
    TrainingExample example = encoder(64, BridgeMask.none()).encode(question);
    assertThat(example.questionId()).isEqualTo("q2");
    assertThat(tokenizer().decode(example.prompt()))
        .isEqualTo("Question : In which country was Ann C O'Connor born ? Answer :");
    int brazil = tokenizer().idOf("Brazil").orElseThrow();
    assertThat(example.answer()).containsExactly(brazil, tokenizer().eosId());
    int prompt = example.prompt().length;
    int reading = example.readingPrompt().length;
    assertThat(example.readingPrompt()).endsWith(example.prompt()).hasSizeGreaterThan(prompt);
    assertThat(example.rationaleThenAnswer()).endsWith(brazil, tokenizer().eosId());
    assertThat(example.rationaleThenAnswer()).hasSize(reading - prompt + 4);
    assertThat(example.bridges())
        .containsExactly(new Bridge(1, tokenizer().idOf("São Paulo").orElseThrow(), true));
  }

  @Test
  void aGivenPathOrNoneReplacesTheFirst() {
    RationalizedQuestion question = TinyWorld.questions().get(0);
    ExampleEncoder encoder = encoder(64, BridgeMask.none());
    assertThat(encoder.encode(question, Optional.empty()).bridges()).isEmpty();
    KnowledgePath other = TinyWorld.questions().get(1).grounded().paths().get(0);
    assertThat(encoder.encode(question, Optional.of(other)).bridges().get(0).token())
        .isEqualTo(tokenizer().idOf("Lyon").orElseThrow());
  }

  @Test
  void bridgesThatAnswerHeldOutQuestionsAreMasked() {
    KnowledgePath path = threeHops();
    BridgeMask mask = new BridgeMask(Set.of(new BridgeMask.HeldOut("p0", "born/^lies")));
    List<Bridge> bridges =
        encoder(64, mask).encode(TinyWorld.questions().get(0), Optional.of(path)).bridges();
    assertThat(bridges).extracting(Bridge::supervised).containsExactly(true, false);
    assertThat(BridgeMask.of(List.of(TinyWorld.questions().get(0).grounded())).heldOut())
        .containsExactly(new BridgeMask.HeldOut("p0", "born/lies"));
    assertThat(mask.allows(path, 1)).isTrue();
    assertThat(BridgeMask.none().allows(path, 2)).isTrue();
  }

  @Test
  void pathsThatDoNotReachTheAnswerGiveNoBridgesAndHideNone() {
    RationalizedQuestion question = TinyWorld.questions().get(0);
    assertThat(encoder(64, BridgeMask.none()).encode(question).bridges()).isNotEmpty();
    for (PathFallback kind : List.of(PathFallback.TOWARD_ANSWER, PathFallback.FROM_QUESTION)) {
      GroundedQuestion g = question.grounded();
      GroundedQuestion partial =
          new GroundedQuestion(
              g.question(),
              g.questionEntities(),
              g.answerEntities(),
              g.unlinked(),
              g.paths(),
              g.report().withFallback(kind),
              g.provenance(),
              g.extra());
      TrainingExample example =
          encoder(64, BridgeMask.none())
              .encode(
                  new RationalizedQuestion(
                      partial, question.rationale(), question.provenance(), question.extra()));
      assertThat(example.bridges()).isEmpty();
      assertThat(example.hasRationale()).isTrue();
      assertThat(BridgeMask.of(List.of(partial)).heldOut()).isEmpty();
    }
  }

  private static KnowledgePath threeHops() {
    RelationRef born = new RelationRef("born", "b");
    RelationRef lies = new RelationRef("lies", "l");
    return new KnowledgePath(
        new EntityRef("p0", "Ann A O'Connor"),
        List.of(
            new PathStep(born, false, new EntityRef("c0", "Paris")),
            new PathStep(lies, true, new EntityRef("k0", "France")),
            new PathStep(born, false, new EntityRef("c1", "Lyon"))));
  }

  @Test
  void problemsNameTheQuestion() {
    ExampleEncoder encoder = encoder(64, BridgeMask.none());
    assertThatThrownBy(
            () -> encoder.encodeFact(Question.of("x7", "In which Zorg?", List.of("Paris"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question x7")
        .hasMessageContaining("Zorg");
    assertThatThrownBy(
            () -> encoder.encodeFact(Question.of("x9", "In which<eos>city", List.of("Paris"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question x9 holds the control token <eos>");
    assertThatThrownBy(() -> encoder.encodeFact(Question.of("x8", "country?", List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question x8 has no answer");
    assertThatThrownBy(() -> encoder(20, BridgeMask.none()).encode(TinyWorld.questions().get(0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("question q0 needs")
        .hasMessageContaining("at most 20");
    EncodedExamples some =
        encoder(20, BridgeMask.none()).encodeAll(TinyWorld.questions(), ExampleEncoder.Policy.SKIP);
    assertThat(some.examples()).isEmpty();
    assertThat(some.skipped()).hasSize(TinyWorld.PEOPLE);
    assertThatThrownBy(() -> encoder.encodeText("t", "")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void textsAndReadingDocumentsForPretraining() {
    ExampleEncoder encoder = encoder(64, BridgeMask.none());
    TrainingExample text = encoder.encodeText("t", "Paris is in France.");
    assertThat(text.prompt()).hasSize(1);
    assertThat(text.answer()).hasSize(5).endsWith(tokenizer().eosId());
    Question question = TinyWorld.questions().get(0).question();
    TrainingExample reading = encoder.encodeReading(question, "Paris is in France.");
    assertThat(tokenizer().decode(reading.prompt())).startsWith("Paris is in France . Question :");
    assertThat(reading.hasRationale()).isFalse();
  }

  @Test
  void dataHashSeesEveryPart() {
    ExampleEncoder encoder = encoder(64, BridgeMask.none());
    List<TrainingExample> all =
        encoder.encodeAll(TinyWorld.questions(), ExampleEncoder.Policy.FAIL).examples();
    assertThat(DataHash.of(all)).isEqualTo(DataHash.of(List.copyOf(all)));
    assertThat(DataHash.of(all.subList(1, all.size()))).isNotEqualTo(DataHash.of(all));
  }
}
