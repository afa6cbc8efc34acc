package ai.kale.examples.pretrain;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.GraphFacts.Hop;
import ai.kale.examples.dataset.GraphFacts.Triple;
import ai.kale.examples.dataset.Phrasing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Documents that teach a model to read: a few statements, a question, its answer. Most are invented
 * throughout (an entity of the right kind at every hop), so that the answer can only be had by
 * reading; the others invent every hop but the last, which is a fact to be remembered. No document
 * states a real chain of more than one hop, and none has the end of one as its answer, so no
 * multi-hop question is ever answered here, in a test or not.
 */
final class ReadingDocuments {
  private static final double ONE_HOP = 0.3;
  private static final double FROM_MEMORY = 0.35;
  private static final double DISTRACTOR = 0.4;
  private static final int TRIES = 1000;

  private final GraphFacts facts;
  private final KnowledgeGraph graph;
  private final List<QuestionTemplate> templates;
  private final List<Hop> forwardHops = new ArrayList<>();
  private final Map<Hop, List<Integer>> starts = new TreeMap<>();
  private final Random random;

  /** A document: what to read, and the question with its answer. */
  record Document(String reading, Question question) {}

  ReadingDocuments(GraphFacts facts, List<QuestionTemplate> templates, long seed) {
    this.facts = facts;
    this.graph = facts.graph();
    this.random = new Random(seed);
    Map<Hop, TreeSet<Integer>> found = new TreeMap<>();
    for (GraphFacts.Fact fact : facts.list()) {
      found
          .computeIfAbsent(new Hop(fact.relation(), false), k -> new TreeSet<>())
          .add(fact.subject());
      found
          .computeIfAbsent(new Hop(fact.relation(), true), k -> new TreeSet<>())
          .addAll(fact.objects());
    }
    found.forEach((hop, entities) -> starts.put(hop, List.copyOf(entities)));
    this.templates = templates.stream().filter(t -> starts.keySet().containsAll(t.path())).toList();
    starts.keySet().stream().filter(hop -> !hop.inverse()).forEach(forwardHops::add);
  }

  Document next(int number) {
    Optional<Document> document;
    do {
      document = draw(number);
    } while (document.isEmpty());
    return document.get();
  }

  /** A document; none where chance made it state a real chain of more than one hop. */
  private Optional<Document> draw(int number) {
    QuestionTemplate template =
        random.nextDouble() < ONE_HOP || templates.isEmpty() ? oneHop() : pick(templates);
    List<Hop> path = template.path();
    int head = pick(startsOf(path.get(0)));
    List<Triple> told = new ArrayList<>();
    int answer =
        path.size() > 1 && random.nextDouble() < FROM_MEMORY
            ? fromMemory(head, path, told)
            : invented(head, path, told);
    if (random.nextDouble() < DISTRACTOR) {
      Hop hop = pick(forwardHops);
      told.add(triple(pick(startsOf(hop)), hop, pick(endsOf(hop))));
    }
    if (path.size() > 1 && statesRealChain(head, path, told)) {
      return Optional.empty();
    }
    Collections.shuffle(told, random);
    StringBuilder reading = new StringBuilder();
    for (Triple triple : told) {
      int form = random.nextBoolean() ? 0 : random.nextInt(Phrasing.STATEMENTS);
      reading.append(reading.isEmpty() ? "" : " ").append(state(form, triple));
    }
    Question question =
        Question.of(
            "reading-" + number, template.about(graph.label(head)), List.of(graph.label(answer)));
    return Optional.of(new Document(reading.toString(), question));
  }

  private boolean statesRealChain(int head, List<Hop> path, List<Triple> told) {
    List<Triple> real =
        told.stream()
            .filter(
                t -> facts.follow(t.subject(), new Hop(t.relation(), false)).contains(t.object()))
            .toList();
    return !GraphFacts.of(graph, real).followAll(head, path).isEmpty();
  }

  private String state(int form, Triple triple) {
    return Phrasing.statement(
        form,
        graph.label(triple.subject()),
        graph.relationLabel(triple.relation()),
        graph.label(triple.object()));
  }

  private QuestionTemplate oneHop() {
    Hop hop = pick(forwardHops);
    String relation = graph.relationLabel(hop.relation());
    int form = random.nextInt(Phrasing.QUESTIONS);
    return new QuestionTemplate(
        Phrasing.question(form, QuestionTemplate.SLOT, List.of(relation)), List.of(hop));
  }

  private int invented(int head, List<Hop> path, List<Triple> told) {
    int here = head;
    for (Hop hop : path) {
      int next = pick(endsOf(hop));
      told.add(triple(here, hop, next));
      here = next;
    }
    return here;
  }

  /** Invents every hop but the last, which is a fact: no chain of facts is ever answered. */
  private int fromMemory(int head, List<Hop> path, List<Triple> told) {
    Hop last = path.get(path.size() - 1);
    List<Hop> invented = path.subList(0, path.size() - 1);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Triple> chain = new ArrayList<>();
      int middle = invented(head, invented, chain);
      List<Integer> ends = facts.follow(middle, last);
      if (!ends.isEmpty() && !facts.followAll(head, invented).contains(middle)) {
        told.addAll(chain);
        return pick(ends);
      }
    }
    return invented(head, path, told);
  }

  private static Triple triple(int from, Hop hop, int to) {
    return hop.inverse()
        ? new Triple(to, hop.relation(), from)
        : new Triple(from, hop.relation(), to);
  }

  private List<Integer> startsOf(Hop hop) {
    List<Integer> found = starts.get(hop);
    if (found == null) {
      throw new IllegalStateException(
          "no taught fact has relation " + graph.relationId(hop.relation()));
    }
    return found;
  }

  private List<Integer> endsOf(Hop hop) {
    return startsOf(new Hop(hop.relation(), !hop.inverse()));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
