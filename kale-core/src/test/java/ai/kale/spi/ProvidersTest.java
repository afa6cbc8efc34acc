package ai.kale.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.Kale;
import ai.kale.KnowledgeGraph;
import ai.kale.data.RationalizedQuestion;
import ai.kale.error.SetupException;
import ai.kale.rationale.TeacherSynthesizer;
import ai.kale.tck.Samples;
import ai.kale.testing.ScriptedTeacher;
import ai.kale.testing.ToyGraph;
import ai.kale.testing.ToyStages;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The providers registered in this module's test resources are found, and never preferred. */
class ProvidersTest {
  private static final AtomicInteger USED = new AtomicInteger();

  /** A teacher on the class path. */
  public static final class RegisteredTeacher implements TeacherProvider {
    @Override
    public String name() {
      return "registered";
    }

    @Override
    public TeacherModel create(Map<String, String> settings) {
      USED.incrementAndGet();
      return ScriptedTeacher.saying("from the class path");
    }
  }

  /** A graph on the class path. */
  public static final class RegisteredGraph implements GraphProvider {
    @Override
    public String name() {
      return "registered";
    }

    @Override
    public boolean accepts(URI location) {
      return "toy".equals(location.getScheme());
    }

    @Override
    public KnowledgeGraph open(URI location) {
      USED.incrementAndGet();
      return ToyGraph.curie();
    }
  }

  @Test
  void findsWhatIsRegistered() {
    TeacherModel teacher = Providers.teacher("registered").create(Map.of());
    assertThat(teacher.reply(new TeacherModel.Prompt("", "", 1, 0)).text())
        .isEqualTo("from the class path");
    try (KnowledgeGraph graph = Providers.openGraph(URI.create("toy:curie"))) {
      assertThat(graph.entity("Warsaw")).isPresent();
    }
    assertThatThrownBy(() -> Providers.teacher("other"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("found: openai, registered");
    assertThatThrownBy(() -> Providers.openGraph(URI.create("file:/x.nt")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no graph provider accepts file:/x.nt");
  }

  @Test
  void aLocationIsShownWithoutItsSecrets() {
    assertThatThrownBy(
            () -> Providers.openGraph(URI.create("store://ann:S3CRET@host:1/q?key=S3CRET#S3CRET")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("accepts store://host:1/q;")
        .hasNoCause();
    assertThatThrownBy(() -> Providers.openGraph(URI.create("store://ann:S3CRET@my_host/q")))
        .hasMessageContaining("accepts store://my_host/q;");
    assertThatThrownBy(() -> Providers.openGraph(URI.create("jdbc:store://ann:S3CRET@host/q")))
        .hasMessageContaining("accepts jdbc:…;");
    assertThatThrownBy(() -> Providers.openGraph(URI.create("facts.xyz")))
        .hasMessageContaining("accepts facts.xyz;");
  }

  @Test
  void aGivenInstanceAlwaysWins() {
    int before = USED.get();
    ScriptedTeacher given =
        ScriptedTeacher.saying("Born in Warsaw in Poland, so it is the Polish zloty.");
    List<RationalizedQuestion> rows =
        Kale.with(ToyGraph.curie())
            .linker(new ToyStages.Linker())
            .extractor(new ToyStages.Extractor())
            .ground(List.of(Samples.curie().question()))
            .synthesize(TeacherSynthesizer.builder(given).build())
            .questions();
    assertThat(rows.get(0).rationale().teacher()).isEqualTo("scripted/1");
    assertThat(given.asked).hasSize(1);
    assertThat(USED).hasValue(before);
  }
}
