package ai.kale.examples.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.error.InvalidInputException;
import ai.kale.examples.dataset.RelationPaths.Hop;
import ai.kale.examples.testing.SmallWorld;
import ai.kale.kg.graph.CompactGraphBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathQuestionQuestionsTest {
  private static final String GOOD =
      "what nation is ann_lee 's spouse from ?\tfar_land(far_land/near_land/)\t"
          + "ann_lee#spouse#bob_ray#nationality#far_land#<end>#far_land";

  private final KnowledgeGraph graph =
      new CompactGraphBuilder()
          .addTriple("ann_lee", "spouse", "bob_ray")
          .addTriple("bob_ray", "nationality", "far_land")
          .addLabel("ann_lee", "Ann Lee")
          .addLabel("far_land", "Far Land")
          .build();

  @Test
  void readsAllAnswersThePathAndTheGraphsNames(@TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("PQ-2H.txt"), List.of(GOOD));

    List<Question> questions = PathQuestionQuestions.read(file, graph);

    assertThat(questions).hasSize(1);
    Question question = questions.get(0);
    assertThat(question.id()).isEqualTo("PQ-2H-1");
    assertThat(question.text()).isEqualTo("what nation is Ann Lee 's spouse from ?");
    assertThat(question.answers()).containsExactly("Far Land", "near land");
    assertThat(question.topics()).containsExactly("ann_lee");
    assertThat(RelationPaths.of(question))
        .contains(List.of(new Hop("spouse", false), new Hop("nationality", false)));
  }

  @Test
  void paraphrasesFormAGroupBySubjectAndRelations(@TempDir Path folder) {
    Path file =
        SmallWorld.write(
            folder.resolve("PQ.txt"),
            List.of(
                GOOD,
                GOOD.replace("what nation is", "tell me where to find"),
                GOOD.replace("ann_lee", "cid_fox"),
                GOOD.replace("spouse#", "parent#")));

    List<String> groups =
        PathQuestionQuestions.read(file, graph).stream().map(Question::group).toList();

    assertThat(groups.get(1)).isEqualTo(groups.get(0));
    assertThat(groups.subList(1, 4)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two columns\tx(x/)",
        "no end\tx(x/)\ta#r#x",
        "no list\tx\ta#r#x#<end>#x",
        "four columns\tx(x/)\ta#r#x#<end>#x\tmore",
        "no relation\tx(x/)\ta#<end>#x",
        "half a hop\tx(x/)\ta#r#<end>#x",
        "no answer\t(/)\ta#r#x#<end>#x",
        "an empty relation\tx(x/)\ta##x#<end>#x",
        ""
      })
  void aMalformedLineIsAnErrorWithFileAndLine(String line, @TempDir Path folder) {
    Path file = SmallWorld.write(folder.resolve("PQ.txt"), List.of(GOOD, line, GOOD));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PathQuestionQuestions.read(file, graph))
        .withMessageStartingWith(file + ":2: ")
        .satisfies(e -> assertThat(e.line()).isEqualTo(2));
  }
}
