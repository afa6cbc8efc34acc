package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Links;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link EntityLinker} keeps. Extend it and say how to make one, and for what. */
public abstract class EntityLinkerContract {
  /** The linker. */
  protected abstract EntityLinker linker();

  /** The graph; the same object each time. */
  protected abstract KnowledgeGraph graph();

  /** Questions, at least one of which has an entity of the graph in text and answer. */
  protected abstract List<Question> questions();

  @Test
  public void findsSomethingAndOnlyHandlesOfTheGraph() {
    List<Links> links = questions().stream().map(q -> linker().link(graph(), q)).toList();
    assertThat(links).anyMatch(l -> !l.question().isEmpty() && !l.answer().isEmpty());
    links.stream()
        .flatMap(l -> Stream.concat(l.question().stream(), l.answer().stream()))
        .forEach(handle -> assertThat(graph().entityId(handle)).isNotEmpty());
  }

  @Test
  public void allAtOnceIsOneByOne() {
    List<Links> one = questions().stream().map(q -> linker().link(graph(), q)).toList();
    assertThat(linker().linkAll(graph(), questions())).isEqualTo(one);
    EntityLinker shared = linker();
    assertThat(
            Parallel.map(questions(), 4, "link", RunContext.silent(), q -> shared.link(graph(), q)))
        .isEqualTo(one);
    assertThat(linker().linkAll(graph(), List.of())).isEmpty();
  }

  @Test
  public void neverTakesAnAnswerFromTheQuestion() {
    Question unanswered = questions().get(0).withAnswers(List.of());
    assertThat(linker().link(graph(), unanswered).answer()).isEmpty();
  }

  @Test
  public void saysWhatItCouldNotLink() {
    Question strange = questions().get(0).withAnswers(List.of("qzx no such entity qzx"));
    Links links = linker().link(graph(), strange);
    assertThat(links.answer()).isEmpty();
    assertThat(links.unlinked()).anyMatch(text -> text.contains("qzx no such entity qzx"));
  }
}
