package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import ai.kale.spi.TeacherModel;
import java.util.List;

/**
 * Asks a teacher for the names in the question and looks each up in the graph. The teacher chooses
 * which texts are names; the graph says what they mean, so an entity that the graph does not have
 * is never linked, and neither is a text that is not in the question (but for case and
 * punctuation). Both are reported in {@link Links#unlinked}. Ambiguous names are ranked and taken
 * as {@link LabelLinker} does; answers are linked without the teacher, by name, then by id.
 *
 * <p>The prompt holds the question and not its answers. One request a question; for waiting,
 * retries and a budget give it a teacher that manages these. Needs a graph that can enumerate its
 * entities. Immutable; each {@code with…} returns a new object. Safe for use by several threads.
 */
public final class TeacherLinker implements EntityLinker {
  private static final int MAX_TOKENS = 200;
  private static final int SHOWN = 80;

  private final TeacherModel teacher;
  private final EntityPrompt prompt;
  private final int maxTokens;

  /**
   * Creates a linker with the standard prompt and replies of up to 200 tokens.
   *
   * @param teacher names the entities
   */
  public TeacherLinker(TeacherModel teacher) {
    this(teacher, EntityPrompt.standard(), MAX_TOKENS);
  }

  private TeacherLinker(TeacherModel teacher, EntityPrompt prompt, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1; got " + maxTokens);
    }
    this.teacher = teacher;
    this.prompt = prompt;
    this.maxTokens = maxTokens;
  }

  /**
   * The same with another prompt.
   *
   * @param newPrompt replaces the standard one
   * @return a new linker
   */
  public TeacherLinker withPrompt(EntityPrompt newPrompt) {
    return new TeacherLinker(teacher, newPrompt, maxTokens);
  }

  /**
   * The same with another limit of replies.
   *
   * @param tokens at least 1
   * @return a new linker
   */
  public TeacherLinker withMaxTokens(int tokens) {
    return new TeacherLinker(teacher, prompt, tokens);
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
    TeacherModel.Reply reply =
        teacher.reply(
            new TeacherModel.Prompt(prompt.system(), prompt.user(question), maxTokens, 0));
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
