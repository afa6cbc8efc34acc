package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.spi.EntityLinker;
import ai.kale.tck.EntityLinkerContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every linker keeps the contract. */
class LinkerContractsTest {
  private static final CompactGraph GRAPH =
      new CompactGraphBuilder()
          .addTriple("Q1", "directed_by", "Q2")
          .addTriple("Q3", "directed_by", "Q4")
          .addTriple("Q2", "born_in", "Q5")
          .addTriple("Q3", "shot_in", "Q5")
          .addTriple("Q3", "set_in", "Q5")
          .addLabel("Q1", "Kismet")
          .addLabel("Q3", "Kismet")
          .addLabel("Q2", "William Dieterle")
          .addLabel("Q4", "Vincente Minnelli")
          .addLabel("Q5", "Ludwigshafen")
          .build();

  private static final List<Question> QUESTIONS =
      List.of(
          Question.of("q1", "who directed [KISMET]?", List.of("William Dieterle")),
          Question.of("q2", "was «Kismet»’s maker born here?", List.of("Ludwigshafen", "kismet"))
              .withTopics(List.of("Q3", "Kismet")),
          Question.of("q3", "nothing here", List.of("Kismet", "Q5")));

  private abstract static class OverTheGraph extends EntityLinkerContract {
    @Override
    protected KnowledgeGraph graph() {
      return GRAPH;
    }

    @Override
    protected List<Question> questions() {
      return QUESTIONS;
    }
  }

  @Nested
  class Labels extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new LabelLinker().withMostTaken(2);
    }
  }

  @Nested
  class LabelsThatMind extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new LabelLinker().withCaseSensitive(true).withPunctuationSensitive(true);
    }
  }

  @Nested
  class Topics extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new TopicLinker();
    }
  }

  @Nested
  class FirstThatFinds extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new FallbackLinker(new TopicLinker(), new LabelLinker());
    }
  }

  @Nested
  class FirstWithoutAnnotation extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new FallbackLinker(new TopicLinker(), new LabelLinker()).onlyWithoutAnnotation();
    }
  }

  @Nested
  class Union extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new UnionLinker(new TopicLinker(), new LabelLinker());
    }
  }

  @Nested
  class Connectivity extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new ConnectivityLinker(new LabelLinker());
    }
  }

  @Nested
  class Teacher extends OverTheGraph {
    @Override
    protected EntityLinker linker() {
      return new TeacherLinker(new ScriptedTeacher("- Kismet\nKismet\nParis"));
    }
  }
}
