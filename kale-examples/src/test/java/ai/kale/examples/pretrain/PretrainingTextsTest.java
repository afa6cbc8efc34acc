package ai.kale.examples.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.ChainQuestions;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.Phrasing;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.examples.world.World;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.train.text.PromptFormat;
import ai.kale.train.text.WordLevelTokenizerFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTextsTest {
  private static final PromptFormat FORMAT = PromptFormat.standard();

  private static void everyWordIsKnown(GraphFacts facts, List<Question> questions, int readings) {
    PretrainingTexts texts = new PretrainingTexts(facts, questions);
    List<String> all = new ArrayList<>(texts.vocabularyTexts());
    all.add(FORMAT.prompt(" "));
    WordLevelTokenizerFile vocabulary = WordLevelTokenizerFile.of(all, texts.labels());

    List<String> read = new ArrayList<>(texts.statements());
    for (Question question : questions) {
      read.add(FORMAT.prompt(question.text()));
      read.addAll(question.answers());
    }
    for (Question question : texts.oneHopExamples()) {
      read.add(FORMAT.prompt(question.text()) + FORMAT.completion(question.answer()));
    }
    for (ReadingDocuments.Document document : texts.readings(readings, 9)) {
      read.add(FORMAT.readingPrompt(document.reading(), document.question().text()));
      read.add(document.question().answer());
    }

    assertThat(read)
        .allSatisfy(text -> assertThat(vocabulary.unknownWords(text)).as(text).isEmpty());
    assertThat(vocabulary.unknownWords("zyzzyva")).containsExactly("zyzzyva");
    assertThat(vocabulary.tokens()).containsAll(texts.labels());
  }

  @Test
  void theVocabularyCoversAllTextsOfASmallWorld() {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      everyWordIsKnown(GraphFacts.all(graph), SmallWorld.questions(graph), 2000);
    }
  }

  @Test
  void anAnswerThatNoTaughtFactNamesIsInTheVocabularyAllTheSame() {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      List<Question> questions =
          List.of(Question.of("q", "Who wrote that, then?", List.of("An Unheard-of Author")));
      everyWordIsKnown(GraphFacts.all(graph), questions, 10);
    }
  }

  @Test
  void theVocabularyCoversAllTextsOfTheShippedWorld(@TempDir Path folder) {
    try (KnowledgeGraph graph =
        KnowledgeGraphs.read(World.copy("world.nt", folder.resolve("world.nt")))) {
      GraphFacts facts = GraphFacts.all(graph);
      List<Question> questions = new ChainQuestions(facts, 40, 3, 0.5).make(List.of(2, 3));

      assertThat(questions).hasSizeGreaterThan(2000);
      everyWordIsKnown(facts, questions, 5000);
    }
  }

  @Test
  void statesEveryTripleInEveryPhrasingAndAsksForEveryFact() {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      GraphFacts facts = GraphFacts.all(graph);
      PretrainingTexts texts = new PretrainingTexts(facts, List.of());

      assertThat(texts.statements())
          .hasSize(Phrasing.STATEMENTS * facts.tripleCount())
          .doesNotHaveDuplicates()
          .contains("Land B has official language Betan.");
      assertThat(texts.oneHopQuestions())
          .hasSize(Phrasing.QUESTIONS * facts.list().size())
          .filteredOn(q -> q.text().equals("What is the official language of Land B?"))
          .singleElement()
          .satisfies(q -> assertThat(q.answers()).containsExactly("Alphan", "Betan"));
      assertThat(texts.oneHopExamples())
          .hasSize(Phrasing.QUESTIONS * facts.tripleCount())
          .allSatisfy(q -> assertThat(q.answers()).hasSize(1));
      assertThat(texts.labels()).hasSize(graph.entityCount());
    }
  }

  @Test
  void textsOfTestQuestionsAreNotAmongThem() {
    try (KnowledgeGraph graph = SmallWorld.graph()) {
      List<Question> questions = SmallWorld.questions(graph);
      PretrainingTexts texts = new PretrainingTexts(GraphFacts.all(graph), questions.subList(0, 2));

      List<String> answersTold = new ArrayList<>(texts.statements());
      texts.oneHopQuestions().forEach(q -> answersTold.add(q.text()));

      assertThat(answersTold)
          .doesNotContainAnyElementsOf(
              new HashSet<>(questions.stream().map(Question::text).toList()));
    }
  }
}
