package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import com.google.common.collect.MapMaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds the names of the graph in the text of the question: left to right, the longest match at
 * each place, from the beginning of one word to the end of another. Texts are compared after NFKC;
 * case and punctuation do not count unless asked for, so {@code "Mother's"} and {@code "MOTHER S"}
 * are the same. Each answer is matched as a whole, then by id.
 *
 * <p>If a name belongs to several entities, all are candidates of the mention: those with exactly
 * this name first, then those with most arcs, then by id. The mention is taken for the first of
 * them, unless {@link #withMostTaken} says otherwise; an answer for all that have exactly this
 * name, or else for all. {@link ConnectivityLinker} chooses better where answers are known.
 * Mentions of more words come before shorter ones in {@link Links#question}.
 *
 * <p>Single function words ({@code what}, {@code it}, {@code the} …) are never taken as a mention
 * in a question, though films may be called so; as an answer they are linked. Other common words
 * that are also names do link: {@link FrequentNames} finds those that belong to the phrasing of a
 * question set; where the data set annotates its entities, prefer {@link TopicLinker}. An ignored
 * name that is the longest at its place is passed over as a whole.
 *
 * <p>Needs a graph that can enumerate its entities, else {@link
 * ai.kale.error.UnsupportedCapabilityException}. The first call for a graph builds a dictionary of
 * its names, O(total length); then O(words × longest name) a question. Immutable; each {@code
 * with…} returns a new object. Safe for use by several threads.
 */
public final class LabelLinker implements EntityLinker {
  private static final Comparator<Found> LONGEST_FIRST =
      Comparator.comparingInt(found -> -found.tokens());

  private final LabelOptions options;

  /** What this linker needs of each graph it was used for. */
  private final ConcurrentMap<KnowledgeGraph, Names> known = new MapMaker().weakKeys().makeMap();

  private record Names(NameDictionary dictionary, int[] ignored) {}

  private record Found(int tokens, List<Integer> entities) {}

  /** Creates a linker that ignores English function words. */
  public LabelLinker() {
    this(LabelOptions.DEFAULT);
  }

  /**
   * Creates a linker.
   *
   * @param ignored names that are never taken as a mention in a question when they stand alone; for
   *     a linker that minds case, as they are, in lower case, in upper case, and capitalised
   */
  public LabelLinker(Set<String> ignored) {
    this(LabelOptions.DEFAULT.withIgnored(ignored));
  }

  private LabelLinker(LabelOptions options) {
    this.options = options;
  }

  /**
   * The same, ignoring more names, such as {@link FrequentNames} finds.
   *
   * @param more names that are never taken as a mention in a question when they stand alone; added
   *     to those ignored already
   * @return a new linker
   */
  public LabelLinker withIgnored(Set<String> more) {
    Set<String> all = new HashSet<>(options.ignored());
    all.addAll(more);
    return new LabelLinker(options.withIgnored(all));
  }

  /**
   * The same, minding upper and lower case or not. A linker that minds it has a dictionary of its
   * own.
   *
   * @param sensitive whether {@code hamlet} is another name than {@code Hamlet}; false by default
   * @return a new linker
   */
  public LabelLinker withCaseSensitive(boolean sensitive) {
    Folding folding = options.folding();
    return new LabelLinker(
        options.withFolding(new Folding(!sensitive, folding.ignorePunctuation())));
  }

  /**
   * The same, minding punctuation or not: then every punctuation character is a token, and only
   * white space, of which underscores are a kind, may differ in length. A linker that minds it has
   * a dictionary of its own.
   *
   * @param sensitive whether {@code AC/DC} is another name than {@code AC DC}; false by default
   * @return a new linker
   */
  public LabelLinker withPunctuationSensitive(boolean sensitive) {
    Folding folding = options.folding();
    return new LabelLinker(options.withFolding(new Folding(folding.ignoreCase(), !sensitive)));
  }

  /**
   * The same with another number of candidates.
   *
   * @param most how many entities of one name are kept as candidates of a mention, at least 1; 64
   *     by default. Names that have more are reported in {@link Links#unlinked}. Of the entities of
   *     a name the 256 with most arcs are looked at, or this many if it is more
   * @return a new linker
   */
  public LabelLinker withMostCandidates(int most) {
    return new LabelLinker(options.withMostKept(most));
  }

  /**
   * The same with another number of entities that a mention in the question is taken for.
   *
   * @param most at least 1, the default; more are more ends of paths
   * @return a new linker
   */
  public LabelLinker withMostTaken(int most) {
    return new LabelLinker(options.withMostTaken(most));
  }

  /**
   * Builds the dictionary of a graph now, unless it is there, and not at the first question. While
   * it is built, 64 MiB of names are sorted at a time; a graph with more is read several times.
   *
   * @param graph a graph that can enumerate its entities
   * @return what the dictionary holds
   */
  public DictionarySize prepare(KnowledgeGraph graph) {
    NameDictionary dictionary = names(graph).dictionary();
    return new DictionarySize(dictionary.names(), dictionary.byteLength());
  }

  /**
   * The size of a dictionary of names.
   *
   * @param names names that differ for the linker
   * @param bytes bytes of its arrays, all it keeps but for some objects of fixed size
   */
  public record DictionarySize(int names, long bytes) {}

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    LinkCollector links = new LinkCollector();
    addMentions(graph, question.text(), links);
    if (!links.hasQuestionEntity()) {
      links.unlinked("question: its text contains no name of the graph");
    }
    new WholeTexts(graph, options.folding(), options.mostKept()).answers(question.answers(), links);
    return links.links();
  }

  private void addMentions(KnowledgeGraph graph, String text, LinkCollector links) {
    Names names = names(graph);
    FoldedText folded = FoldedText.of(text, options.folding());
    NameMatcher matcher = new NameMatcher(names.dictionary, folded);
    List<Found> found = new ArrayList<>();
    for (int token = 0; token < folded.tokens(); token += Math.max(1, matcher.tokens())) {
      if (matcher.longestAt(token) && Arrays.binarySearch(names.ignored, matcher.name()) < 0) {
        int start = folded.firstChar(token);
        int end = folded.endChar(token + matcher.tokens() - 1);
        String mention = text.substring(start, end);
        Candidates candidates =
            Candidates.of(graph, names.dictionary, matcher.name(), mention, options.mostKept());
        links.addMention(new Mention(Side.QUESTION, mention, start, end, candidates.kept()));
        links.limited("question", mention, candidates);
        found.add(new Found(matcher.tokens(), candidates.best(options.mostTaken())));
      }
    }
    found.sort(LONGEST_FIRST);
    found.forEach(mention -> links.resolve(Side.QUESTION, mention.entities));
  }

  private Names names(KnowledgeGraph graph) {
    Names names = known.get(graph);
    if (names == null) {
      NameDictionary dictionary = NameDictionary.of(graph, options.folding());
      int[] ignored =
          options.ignoredForms().stream()
              .map(word -> FoldedText.whole(word, options.folding()))
              .mapToInt(word -> NameMatcher.whole(dictionary, word))
              .filter(name -> name >= 0)
              .distinct()
              .sorted()
              .toArray();
      names = new Names(dictionary, ignored);
      known.put(graph, names);
    }
    return names;
  }

  /** A text as names are compared by it. */
  String key(String text) {
    return FoldedText.whole(text, options.folding()).key();
  }

  /** Its name in provenance, with all options that are not the default. */
  @Override
  public String id() {
    return options.id();
  }
}
