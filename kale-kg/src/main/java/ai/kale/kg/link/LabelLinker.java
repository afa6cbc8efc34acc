package ai.kale.kg.link;

import ai.kale.KnowledgeGraph;
import ai.kale.data.Question;
import ai.kale.spi.EntityLinker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the names of the graph in the text of the question: left to right, the longest match at
 * each place, on token boundaries. Texts are compared after NFKC, case folding and dropping
 * punctuation, so {@code "Mother's"} and {@code "MOTHER S"} are the same. Each answer is matched as
 * a whole, then by id.
 *
 * <p>If a name belongs to several entities, all are returned, the one with most arcs first;
 * mentions of more tokens come before shorter ones. A whole answer that is written exactly as some
 * of them is linked to these only.
 *
 * <p>Single function words ({@code what}, {@code it}, {@code the} …) are never taken as a mention
 * in a question, though films may be called so; as an answer they are linked. Other common words
 * that are also names do link: where the data set annotates its entities, prefer {@link
 * TopicLinker}.
 *
 * <p>Needs a graph that can enumerate its entities, else {@link
 * ai.kale.error.UnsupportedCapabilityException}. The first call for a graph indexes its names,
 * O(total length); then O(tokens × longest name) a question. Safe for use by several threads.
 */
public final class LabelLinker implements EntityLinker {
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          ("a an the this that these those it its he him his she her hers they them their we us our"
                  + " i me my you your and or nor but not no if then than as at by for from in into"
                  + " of off on out over to up with about is are was were be been being am do does"
                  + " did done has have had can could will would shall should may might must what"
                  + " which who whom whose when where why how s t there here so such also both any"
                  + " all some each every other")
              .split(" "));

  private static final int HASH_SHOWN = 16;

  private final Set<String> ignored;

  /** Creates a linker that ignores English function words. */
  public LabelLinker() {
    this(FUNCTION_WORDS);
  }

  /**
   * Creates a linker.
   *
   * @param ignored names that are never taken as a mention in a question when they stand alone; in
   *     any case
   */
  public LabelLinker(Set<String> ignored) {
    Set<String> keys = new LinkedHashSet<>();
    ignored.forEach(word -> keys.add(Tokens.key(word)));
    this.ignored = Set.copyOf(keys);
  }

  @Override
  public Links link(KnowledgeGraph graph, Question question) {
    AnswerLinks answers = AnswerLinks.byNameThenId(graph, question.answers());
    Set<Integer> found = mentions(graph, question.text());
    List<String> unlinked = new ArrayList<>();
    if (found.isEmpty()) {
      unlinked.add("question: its text contains no name of the graph");
    }
    unlinked.addAll(answers.unlinked);
    return new Links(List.copyOf(found), List.copyOf(answers.entities), unlinked);
  }

  private record Mention(int tokens, int[] entities) {}

  private Set<Integer> mentions(KnowledgeGraph graph, String text) {
    NameIndex index = NameIndex.of(graph);
    List<String> tokens = Tokens.of(text);
    List<Mention> mentions = new ArrayList<>();
    for (int start = 0; start < tokens.size(); ) {
      int length = Math.min(index.longest(tokens.get(start)), tokens.size() - start);
      int[] entities = new int[0];
      while (length > 0 && entities.length == 0) {
        String key = String.join(" ", tokens.subList(start, start + length));
        entities = ignored.contains(key) ? entities : index.find(key);
        length -= entities.length == 0 ? 1 : 0;
      }
      if (length > 0) {
        mentions.add(new Mention(length, NameIndex.byDegree(graph, entities)));
      }
      start += Math.max(1, length);
    }
    mentions.sort(Comparator.comparingInt(mention -> -mention.tokens()));
    Set<Integer> found = new LinkedHashSet<>();
    for (Mention mention : mentions) {
      for (int entity : mention.entities()) {
        found.add(entity);
      }
    }
    return found;
  }

  /** Its name in provenance; linkers that ignore other words have other names. */
  @Override
  public String id() {
    return ignored.equals(FUNCTION_WORDS) ? "label/1" : "label/1 ignoring " + ignoredHash();
  }

  /** The keys hold no line ends, so that none run together. */
  private String ignoredHash() {
    String words = String.join("\n", new TreeSet<>(ignored)) + "\n" + ignored.size();
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(words.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash).substring(0, HASH_SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
