package ai.kale.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.PathFilter;
import ai.kale.PathQuery;
import ai.kale.PathResult;
import ai.kale.data.EntityRef;
import ai.kale.data.GroundedQuestion;
import ai.kale.data.PathFallback;
import ai.kale.data.Question;
import ai.kale.error.OperationCancelledException;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import ai.kale.tck.EntityLinkerContract;
import ai.kale.tck.Samples;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QuestionGrounderTest {
  private final ToyGraph graph = ToyGraph.curie();
  private final QuestionGrounder grounder =
      QuestionGrounder.of(graph, new ToyStages.Linker(), new ToyStages.Extractor());

  private static List<Question> mixed() {
    return List.of(
        Samples.curie().question(),
        Question.of("no-answer", "Where was Marie Curie born?", List.of()),
        Question.of("no-entity", "Where?", List.of("Warsaw")),
        Question.of("unlinked", "Where was Marie Curie born?", List.of("Atlantis")),
        Question.of("no-path", "Who knows Marie Curie?", List.of("Nobody")));
  }

  @Test
  void turnsHandlesIntoPathsWithIdsAndLabels() {
    GroundedQuestion grounded = grounder.ground(mixed()).get(0);
    assertThat(grounded.paths()).contains(Samples.curiePath());
    assertThat(grounded.questionEntities())
        .containsExactly(new EntityRef("Marie_Curie", "Marie Curie"));
    assertThat(grounded.provenance().facts())
        .containsEntry("graph.snapshot", "toy:5")
        .containsEntry("linker", "toy-linker/1")
        .containsEntry("extractor", "toy-extractor/1")
        .containsEntry("maxHops", "3")
        .containsEntry("maxPaths", "16")
        .containsEntry("outcome", "grounded");
  }

  @Test
  void keepsEveryQuestionWithItsReason() {
    List<GroundedQuestion> grounded = grounder.ground(mixed());
    assertThat(grounded).extracting(GroundedQuestion::question).isEqualTo(mixed());
    assertThat(grounded)
        .extracting(GroundingOutcome::of)
        .containsExactly(
            GroundingOutcome.GROUNDED,
            GroundingOutcome.NO_ANSWER,
            GroundingOutcome.NO_QUESTION_ENTITY,
            GroundingOutcome.NO_ANSWER_ENTITY,
            GroundingOutcome.NO_PATH);
    assertThat(grounded.get(3).unlinked()).containsExactly("Atlantis: no entity of that name");
    assertThat(grounded.get(4).provenance().facts()).containsEntry("outcome", "no-path");
    GroundingSummary summary = GroundingSummary.of(grounded);
    assertThat(summary.coverage()).isEqualTo(0.2);
    assertThat(summary.count(GroundingOutcome.NO_PATH)).isEqualTo(1);
    assertThat(summary.describe()).contains("5 questions, 20.0 % with a path");
  }

  @Test
  void sequentialEqualsParallelAndLabelsAreLookedUpByTheBlock() {
    List<Question> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.addAll(mixed());
    }
    List<GroundedQuestion> sequential = grounder.withThreads(1).ground(many);
    assertThat(grounder.withThreads(4).ground(many)).isEqualTo(sequential);
    assertThat(grounder.withThreads(1).ground(many)).isEqualTo(sequential);
    ToyGraph fresh = ToyGraph.curie();
    EntityLinker fixed = (g, q) -> new EntityLinker.Links(List.of(0), List.of(3), List.of());
    QuestionGrounder.of(fresh, fixed, new ToyStages.Extractor()).ground(many);
    assertThat(fresh.lookups).hasValue((many.size() + 31) / QuestionGrounder.BLOCK);
    assertThat(grounder.ground(List.of())).isEmpty();
  }

  @Test
  void limitsAreUsedAndRecorded() {
    GroundedQuestion short2 =
        grounder
            .withLimits(PathQuery.between(new int[] {9}, new int[0]).withMaxHops(2).withMaxArcs(99))
            .ground(mixed())
            .get(0);
    assertThat(short2.paths()).isEmpty();
    assertThat(short2.provenance().facts())
        .containsEntry("maxHops", "2")
        .containsEntry("maxArcs", "99");
  }

  @Test
  void reportsProgressAndCancels() {
    Set<Long> done = ConcurrentHashMap.newKeySet();
    CancellationToken token = new CancellationToken();
    grounder.withContext(new RunContext(p -> done.add(p.done()), token)).ground(mixed());
    assertThat(done).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    token.cancel();
    assertThatThrownBy(
            () ->
                grounder.withContext(new RunContext(p -> {}, token)).withThreads(1).ground(mixed()))
        .isInstanceOf(OperationCancelledException.class);
  }

  @Test
  void aLinkerThatSkipsAQuestionIsNoticed() {
    EntityLinker skipping =
        new EntityLinker() {
          @Override
          public Links link(KnowledgeGraph g, Question question) {
            return new Links(List.of(), List.of(), List.of());
          }

          @Override
          public List<Links> linkAll(KnowledgeGraph g, List<Question> questions) {
            return List.of();
          }
        };
    assertThatThrownBy(
            () -> QuestionGrounder.of(graph, skipping, new ToyStages.Extractor()).ground(mixed()))
        .hasMessageContaining("returned 0 results for 5 questions");
  }

  @Test
  void aFallbackIsLabelledAndServesQuestionsWithoutAnAnswer() {
    List<GroundedQuestion> grounded =
        grounder.withFallback(PathFallback.FROM_QUESTION).ground(mixed());
    assertThat(grounded)
        .extracting(GroundingOutcome::of)
        .containsExactly(
            GroundingOutcome.GROUNDED,
            GroundingOutcome.QUESTION_PATHS,
            GroundingOutcome.NO_QUESTION_ENTITY,
            GroundingOutcome.QUESTION_PATHS,
            GroundingOutcome.QUESTION_PATHS);
    assertThat(grounded.get(0).answerPaths()).isEqualTo(grounded.get(0).paths()).isNotEmpty();
    assertThat(grounded.get(4).paths()).isNotEmpty();
    assertThat(grounded.get(4).answerPaths()).isEmpty();
    assertThat(grounded.get(4).provenance().facts())
        .containsEntry("outcome", "question-paths")
        .containsEntry("extractor", "toy-extractor/1+from-question");
    assertThat(grounder.withFallback(PathFallback.TOWARD_ANSWER).ground(mixed()))
        .extracting(GroundingOutcome::of)
        .startsWith(GroundingOutcome.GROUNDED, GroundingOutcome.NO_ANSWER)
        .endsWith(GroundingOutcome.NO_PATH);
    List<Question> far =
        List.of(Question.of("far", "What of Marie Curie?", List.of("Polish zloty")));
    PathQuery oneHop = PathQuery.between(new int[0], new int[0]).withMaxHops(2);
    GroundedQuestion partial =
        grounder.withLimits(oneHop).withFallback(PathFallback.TOWARD_ANSWER).ground(far).get(0);
    assertThat(GroundingOutcome.of(partial)).isEqualTo(GroundingOutcome.PARTIAL_PATH);
    assertThat(partial.paths())
        .isNotEmpty()
        .allMatch(path -> path.target().label().equals("Poland"));
  }

  @Test
  void anExtractorsOwnFallbackWorksLikeTheGroundersAlsoWithoutAnAnswer() {
    List<GroundedQuestion> own =
        QuestionGrounder.of(
                graph,
                new ToyStages.Linker(),
                new ToyStages.Extractor().withFallback(PathFallback.FROM_QUESTION))
            .ground(mixed());
    assertThat(own).isEqualTo(grounder.withFallback(PathFallback.FROM_QUESTION).ground(mixed()));
    assertThat(GroundingOutcome.of(own.get(1))).isEqualTo(GroundingOutcome.QUESTION_PATHS);
  }

  @Test
  void scoresOfTheSearchAreInTheRecord() {
    ToyStages.Extractor toy = new ToyStages.Extractor();
    List<GroundedQuestion> grounded =
        QuestionGrounder.of(
                graph,
                new ToyStages.Linker(),
                (g, query) -> {
                  PathResult found = toy.extract(g, query);
                  List<Double> scores = found.paths().stream().map(p -> -0.5 * p.hops()).toList();
                  return new PathResult(found.paths(), scores, found.report());
                })
            .ground(mixed());
    assertThat(grounded.get(0).paths())
        .isNotEmpty()
        .allMatch(path -> path.score().orElseThrow() == -0.5 * path.hops());
    assertThat(grounder.ground(mixed()).get(0).paths()).allMatch(path -> path.score().isEmpty());
  }

  @Test
  void idsOfTheFilterThatTheGraphDoesNotHaveAreLoggedOnce() {
    PathFilter filter = PathFilter.NONE.denyRelations(List.of("capitol", "capital"));
    PathQuery limits = PathQuery.between(new int[0], new int[0]).withFilter(filter);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      grounder.withLimits(limits).ground(mixed());
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("names 1 ids that the graph does not have, beginning with [capitol]");
  }

  /** The linker contract notices what it is made to notice. */
  @Test
  void brokenLinkersFail() {
    EntityLinkerContract strayHandle =
        contract((g, q) -> new EntityLinker.Links(List.of(0), List.of(999), List.of()));
    assertThatThrownBy(strayHandle::findsSomethingAndOnlyHandlesOfTheGraph)
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(strayHandle::neverTakesAnAnswerFromTheQuestion)
        .isInstanceOf(AssertionError.class);
    EntityLinkerContract silent =
        contract((g, q) -> new EntityLinker.Links(List.of(), List.of(), List.of()));
    assertThatThrownBy(silent::findsSomethingAndOnlyHandlesOfTheGraph)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(silent::saysWhatItCouldNotLink).isInstanceOf(AssertionError.class);
    List<EntityLinker.Candidate> first = List.of(new EntityLinker.Candidate(0, 1));
    EntityLinker.Mention elsewhere =
        EntityLinker.Mention.whole(EntityLinker.Side.QUESTION, "not in any text", first);
    EntityLinker.Mention other =
        EntityLinker.Mention.whole(
            EntityLinker.Side.QUESTION, mixed().get(0).text().substring(0, 1), first);
    for (EntityLinker.Mention wrong : List.of(elsewhere, other)) {
      EntityLinkerContract contract =
          contract(
              (g, q) -> new EntityLinker.Links(List.of(1), List.of(), List.of(), List.of(wrong)));
      assertThatThrownBy(contract::mentionsLieInTheirTextsAndHoldWhatWasTaken)
          .isInstanceOf(AssertionError.class);
    }
  }

  private EntityLinkerContract contract(EntityLinker linker) {
    return new EntityLinkerContract() {
      @Override
      protected EntityLinker linker() {
        return linker;
      }

      @Override
      protected KnowledgeGraph graph() {
        return graph;
      }

      @Override
      protected List<Question> questions() {
        return mixed();
      }
    };
  }

  @Nested
  class ToyLinker extends EntityLinkerContract {
    @Override
    protected EntityLinker linker() {
      return new ToyStages.Linker();
    }

    @Override
    protected KnowledgeGraph graph() {
      return graph;
    }

    @Override
    protected List<Question> questions() {
      return mixed();
    }
  }
}
