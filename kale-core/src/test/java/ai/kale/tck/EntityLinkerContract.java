package ai.kale.tck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.run.Parallel;
import ai.kale.run.RunContext;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Links;
import ai.kale.spi.EntityLinker.Mention;
import ai.kale.spi.EntityLinker.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

  @Test
  public void mentionsLieInTheirTextsAndHoldWhatWasTaken() {
    for (Question question : questions()) {
      Links links = linker().link(graph(), question);
      for (Mention mention : links.mentions()) {
        assertThat(texts(question, mention.side()))
            .as("%s is where it says it is", mention)
            .anyMatch(text -> standsIn(text, mention));
        assertThat(mention.candidates())
            .as("%s has the best first", mention)
            .isSortedAccordingTo(Comparator.comparingDouble(Candidate::score).reversed());
        mention
            .candidates()
            .forEach(candidate -> assertThat(graph().entityId(candidate.entity())).isNotEmpty());
        assertThat(mention.candidates()).extracting(Candidate::entity).doesNotHaveDuplicates();
      }
      if (!links.mentions().isEmpty()) {
        assertThat(candidates(links, false)).as("question").containsAll(links.question());
        assertThat(candidates(links, true)).as("answer").containsAll(links.answer());
      }
    }
  }

  private static List<String> texts(Question question, Side side) {
    return switch (side) {
      case QUESTION -> List.of(question.text());
      case TOPIC -> topics(question);
      case ANSWER -> question.answers();
    };
  }

  /** Annotated in the question's fields or in brackets in its text. */
  private static List<String> topics(Question question) {
    List<String> topics = new ArrayList<>(question.topics());
    for (String part : question.text().split("\\[", -1)) {
      topics.add(part.split("]", -1)[0]);
    }
    return topics;
  }

  private static boolean standsIn(String text, Mention mention) {
    return mention.end() <= text.length()
        && text.substring(mention.start(), mention.end()).equals(mention.text())
        && (mention.side() == Side.QUESTION || text.equals(mention.text()));
  }

  private static Set<Integer> candidates(Links links, boolean ofAnswers) {
    return links.mentions().stream()
        .filter(mention -> (mention.side() == Side.ANSWER) == ofAnswers)
        .flatMap(mention -> mention.candidates().stream())
        .map(Candidate::entity)
        .collect(Collectors.toSet());
  }
}
