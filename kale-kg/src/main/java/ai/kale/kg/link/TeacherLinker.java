package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.TeacherModel;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks a teacher for the names in the question and looks each up in the graph. The teacher chooses
 * which texts are names; the graph says what they mean, so an entity that the graph does not have
 * is never linked, and neither is a text that is not in the question (but for case and
 * punctuation). Both are reported in {@link Links#unlinked}. Ambiguous names are ranked and taken
 * as {@link LabelLinker} does; answers are linked without the teacher, by name, then by id.
 *
 * <p>The prompt holds the question and not its answers. One request a question, of many questions
 * some at once ({@link #withConcurrency}); for a journal, limits, retries and a budget give it an
 * {@link ai.kale.teacher.ManagedTeacher}. Needs a graph that can enumerate its entities. Immutable;
 * each {@code with…} returns a new object. Safe for use by several threads.
 */
public final class TeacherLinker implements EntityLinker {
  private static final int MAX_TOKENS = 200;
  private static final int CONCURRENCY = 8;
  private static final int SHOWN = 80;

  private final TeacherModel teacher;
  private final EntityPrompt prompt;
  private final int maxTokens;
  private final int concurrency;

  /**
   * Creates a linker with the standard prompt and replies of up to 200 tokens.
   *
   * @param teacher names the entities
   */
  public TeacherLinker(TeacherModel teacher) {
    this(teacher, EntityPrompt.standard(), MAX_TOKENS, CONCURRENCY);
  }

  private TeacherLinker(TeacherModel teacher, EntityPrompt prompt, int maxTokens, int concurrency) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1; got " + maxTokens);
    }
    this.teacher = teacher;
    this.prompt = prompt;
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1; got " + concurrency);
    }
    this.maxTokens = maxTokens;
    this.concurrency = concurrency;
  }

  /**
   * The same with another prompt.
   *
   * @param newPrompt replaces the standard one
   * @return a new linker
   */
  public TeacherLinker withPrompt(EntityPrompt newPrompt) {
    return new TeacherLinker(teacher, newPrompt, maxTokens, concurrency);
  }

  /**
   * The same with another limit of replies.
   *
   * @param tokens at least 1
   * @return a new linker
   */
  public TeacherLinker withMaxTokens(int tokens) {
    return new TeacherLinker(teacher, prompt, tokens, concurrency);
  }

  /**
   * The same with another number of requests at once; does not change what is linked, so it is not
   * in the {@link #id}.
   *
   * @param most requests under way for one call of {@link #linkAll}, at least 1; 8 by default. A
   *     teacher that is not {@link ai.kale.spi.TeacherCapability#NON_BLOCKING} takes a thread each
   * @return a new linker
   */
  public TeacherLinker withConcurrency(int most) {
    return new TeacherLinker(teacher, prompt, maxTokens, most);
  }

  /**
   * Links one question.
   *
   * @param graph the graph whose entities are meant
   * @param question the question
   * @return what the teacher names and the graph has
   * @throws ai.kale.error.TransientFailureException if the teacher fails for now
   * @throws ai.kale.error.InvalidInputException if the teacher refuses this prompt
   * @throws ai.kale.error.SetupException if the teacher cannot be asked as it is configured
   */
  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    NameDictionary dictionary = NameDictionary.of(graph, Folding.LOOSE);
    return links(graph, dictionary, question, teacher.reply(prompt(question)));
  }

  /**
   * Links many questions, with several requests under way at once. The first failure in their order
   * ends it: nothing more is asked then, and what is under way is waited for.
   *
   * @param graph the graph whose entities are meant
   * @param questions the questions
   * @return one result for each, in order; the same as one by one
   * @throws ai.kale.error.TransientFailureException if the teacher fails for now
   * @throws ai.kale.error.InvalidInputException if the teacher refuses a prompt
   * @throws ai.kale.error.SetupException if the teacher cannot be asked as it is configured
   * @throws ai.kale.error.OperationCancelledException if the thread is interrupted
   */
  @Override
  public List<Links> linkAll(KnowledgeGraph graph, List<Question> questions) {
    if (questions.isEmpty()) {
      return List.of();
    }
    NameDictionary dictionary = NameDictionary.of(graph, Folding.LOOSE);
    List<TeacherModel.Reply> replies =
        new TeacherReplies(teacher, concurrency).of(questions.stream().map(this::prompt).toList());
    return IntStream.range(0, questions.size())
        .mapToObj(i -> links(graph, dictionary, questions.get(i), replies.get(i)))
        .toList();
  }

  private TeacherModel.Prompt prompt(Question question) {
    return new TeacherModel.Prompt(prompt.system(), prompt.user(question), maxTokens, 0);
  }

  private Links links(
      KnowledgeGraph graph,
      NameDictionary dictionary,
      Question question,
      TeacherModel.Reply reply) {
    LinkCollector links = new LinkCollector();
    List<String> names = NamedTexts.of(reply.text());
    if (names.isEmpty()) {
      links.unlinked("question: the teacher named nothing in it");
    }
    for (String name : names) {
      addNamed(graph, dictionary, question.text(), name, links);
    }
    switch (reply.ending()) {
      case COMPLETE -> {}
      case CUT ->
          links.unlinked(
              "question: the teacher's reply was cut at " + maxTokens + " tokens; allow more");
      case REFUSED -> links.unlinked("question: the teacher withheld its reply or part of it");
    }
    new WholeTexts(graph, Folding.LOOSE, TopicLinker.MOST).answers(question.answers(), links);
    return links.links();
  }

  private static void addNamed(
      KnowledgeGraph graph,
      NameDictionary dictionary,
      String text,
      String named,
      LinkCollector links) {
    FoldedText question = FoldedText.of(text, Folding.LOOSE);
    FoldedText folded = FoldedText.of(named, Folding.LOOSE);
    int token = question.indexOf(folded);
    if (token < 0) {
      links.unlinked("teacher named '" + shown(named) + "': it is not in the question");
      return;
    }
    int name = NameMatcher.whole(dictionary, folded);
    if (name < 0) {
      links.unlinked("teacher named '" + shown(named) + "': the graph has no entity of this name");
      return;
    }
    int start = question.firstChar(token);
    int end = question.endChar(token + folded.tokens() - 1);
    String mention = text.substring(start, end);
    Candidates candidates = Candidates.of(graph, dictionary, name, mention, TopicLinker.MOST);
    links.add(
        new Mention(Side.QUESTION, mention, start, end, candidates.kept()), candidates.best(1));
    links.limited("question", mention, candidates);
  }

  /** A teacher may reply with anything of any length. */
  private static String shown(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** Its name in provenance: the teacher, the prompt, and what limits the reply. */
  @Override
  public String id() {
    return "teacher/1("
        + teacher.id()
        + ", "
        + prompt.version()
        + " "
        + prompt.hash()
        + ", maxTokens="
        + maxTokens
        + ")";
  }
}
