package ai.kale.kg.link;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kale.data.Question;
import ai.kale.kg.graph.CompactGraph;
import ai.kale.kg.graph.CompactGraphBuilder;
import ai.kale.kg.graph.ForwardingKnowledgeGraph;
import ai.kale.spi.EntityLinker.Candidate;
import ai.kale.spi.EntityLinker.Links;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Thousands of entities of one name, the one spelled otherwise with the fewest arcs but one. */
class LargeNameGroupTest {
  private static final int SMITHS = 5000;

  /** Counts the entities whose names or labels are looked up. */
  private static final class Counting extends ForwardingKnowledgeGraph {
    final AtomicLong lookUps = new AtomicLong();

    Counting(CompactGraph graph) {
      super(graph);
    }

    @Override
    public List<List<String>> names(int[] entities) {
      lookUps.addAndGet(entities.length);
      return super.names(entities);
    }

    @Override
    public List<String> labels(int[] entities) {
      lookUps.addAndGet(entities.length);
      return super.labels(entities);
    }
  }

  private static Counting smiths(String odd, int oddDegree) {
    CompactGraphBuilder builder = new CompactGraphBuilder();
    for (int i = 0; i < SMITHS; i++) {
      builder.addLabel("Q" + i, "John Smith");
    }
    builder.addTriple("Q7", "p", "Q4999");
    builder.addTriple("Q7", "q", "Q4999");
    builder.addTriple("Q7", "r", "Q8");
    builder.addLabel("odd", odd);
    for (int i = 0; i < oddDegree; i++) {
      builder.addTriple("odd", "p" + i, "odd");
    }
    return new Counting(builder.build());
  }

  private static Links link(Counting graph, LabelLinker linker) {
    linker.prepare(graph);
    graph.lookUps.set(0);
    return linker.link(graph, Question.of("q", "who was john smith?", List.of("JOHN SMITH")));
  }

  @Test
  void aQuestionCostsAFixedNumberOfLookUps() {
    Counting graph = smiths("john smith", 3);
    Links links = link(graph, new LabelLinker());
    assertThat(graph.lookUps.get()).isEqualTo(2L * Candidates.LOOKED_AT);
    assertThat(links.mentions()).allMatch(mention -> mention.candidates().size() == 64);
    assertThat(links.unlinked())
        .containsExactly(
            "question 'john smith': 5001 entities have this name, and the best 64 are kept",
            "answer 'JOHN SMITH': 5001 entities have this name, and the best 64 are kept");
    assertThat(links.mentions().get(1).candidates())
        .extracting(Candidate::entity)
        .extracting(graph::entityId)
        .startsWith("odd", "Q7", "Q4999", "Q8", "Q0");
  }

  @Test
  void theExactSpellingIsPreferredAmongTheFirstOnly() {
    Counting among = smiths("john smith", 1);
    assertThat(link(among, new LabelLinker()).question())
        .containsExactly(among.entity("odd").orElseThrow());
    Counting after = smiths("john smith", 0);
    assertThat(link(after, new LabelLinker()).question())
        .containsExactly(after.entity("Q7").orElseThrow());
    assertThat(link(after, new LabelLinker().withMostCandidates(SMITHS + 1)).question())
        .containsExactly(after.entity("odd").orElseThrow());
    assertThat(after.lookUps.get()).isEqualTo(2L * (SMITHS + 1));
  }
}
