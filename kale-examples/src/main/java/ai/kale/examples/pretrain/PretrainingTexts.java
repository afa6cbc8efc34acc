package ai.kale.examples.pretrain;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.examples.dataset.GraphFacts;
import ai.kale.examples.dataset.Phrasing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every text a model is pretrained on, before it becomes tokens. */
public final class PretrainingTexts {
  private final GraphFacts facts;
  private final List<QuestionTemplate> templates;
  private final List<String> wording;
  private final Set<String> answers = new LinkedHashSet<>();

  /**
   * Prepares the texts.
   *
   * @param facts what to teach
   * @param questions training questions; only their wording is learned from, and their answers join
   *     the vocabulary
   */
  public PretrainingTexts(GraphFacts facts, List<Question> questions) {
    this.facts = facts;
    this.templates = QuestionTemplate.of(questions, facts.graph());
    this.wording = questions.stream().map(Question::text).toList();
    questions.forEach(question -> answers.addAll(question.answers()));
  }

  /** Every fact in every phrasing. */
  public List<String> statements() {
    KnowledgeGraph graph = facts.graph();
    List<String> texts = new ArrayList<>();
    for (GraphFacts.Fact fact : facts.list()) {
      String subject = graph.label(fact.subject());
      String relation = graph.relationLabel(fact.relation());
      for (int object : fact.objects()) {
        for (int form = 0; form < Phrasing.STATEMENTS; form++) {
          texts.add(Phrasing.statement(form, subject, relation, graph.label(object)));
        }
      }
    }
    return texts;
  }

  /** A question for every subject and relation in every phrasing; the answers are all objects. */
  public List<Question> oneHopQuestions() {
    KnowledgeGraph graph = facts.graph();
    List<Question> questions = new ArrayList<>();
    for (GraphFacts.Fact fact : facts.list()) {
      String subject = graph.label(fact.subject());
      String relation = graph.relationLabel(fact.relation());
      List<String> answers = fact.objects().stream().map(graph::label).toList();
      for (int form = 0; form < Phrasing.QUESTIONS; form++) {
        questions.add(
            Question.of(
                    subject + " | " + relation + " | " + form,
                    Phrasing.question(form, subject, List.of(relation)),
                    answers)
                .withGroup(oneHopGroup(subject, relation)));
      }
    }
    return questions;
  }

  /**
   * The group of the one-hop questions about a subject and relation.
   *
   * @param subject label
   * @param relation label
   * @return the group's name
   */
  public static String oneHopGroup(String subject, String relation) {
    return subject + " | " + relation;
  }

  /**
   * The same questions, one for each answer: for training.
   *
   * @return questions with one answer each
   */
  public List<Question> oneHopExamples() {
    List<Question> examples = new ArrayList<>();
    for (Question question : oneHopQuestions()) {
      question.answers().forEach(answer -> examples.add(question.withAnswers(List.of(answer))));
    }
    return examples;
  }

  /** Fresh reading documents. */
  List<ReadingDocuments.Document> readings(int count, long seed) {
    ReadingDocuments documents = new ReadingDocuments(facts, templates, seed);
    List<ReadingDocuments.Document> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add(documents.next(i));
    }
    return made;
  }

  /**
   * Labels of all taught entities, and answers that no taught fact names: each becomes one token.
   * Being in the vocabulary teaches nothing.
   */
  public Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>();
    facts.entities().forEach(entity -> labels.add(facts.graph().label(entity)));
    labels.addAll(answers);
    return labels;
  }

  /** All that determines what is taught, besides sizes and seeds. */
  public String describe() {
    return vocabularyTexts() + "|" + templates + "|" + labels();
  }

  /** All texts that make up the vocabulary: also questions that no template is made of. */
  public List<String> vocabularyTexts() {
    List<String> texts = new ArrayList<>(statements());
    oneHopQuestions().forEach(question -> texts.add(question.text()));
    texts.addAll(wording);
    return texts;
  }
}
