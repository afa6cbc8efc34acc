package ai.kale.train.text;

import ai.kale.error.InvalidInputException;
import ai.kale.run.AtomicFiles;
import ai.kale.train.io.Folders;
import ai.kale.train.io.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes the tokenizer of a small model: one token for each word and punctuation mark of some texts,
 * and one token for each entity label, however many words it has. Writes it as a Hugging Face
 * {@code tokenizer.json} that {@code ai.kale.train.djl.HuggingFaceTokenizer} and Python read.
 *
 * <p>Ids: {@code <pad>} 0, {@code <eos>} 1, {@code <unk>} 2, then the labels and then the other
 * words, each in the order of {@link String#compareTo}; the same texts and labels in any order give
 * the same bytes. Case is kept. Texts are not normalised: a label written with combining accents is
 * not the label written without.
 *
 * <p>Caveat: where a label starts inside a word and covers the start of another label, the second
 * one is not found either; {@link #unknownWords} tells.
 */
public final class WordLevelTokenizerFile {
  /** Fills batches; id 0. */
  public static final String PAD = "<pad>";

  /** Ends answers; id 1. */
  public static final String EOS = "<eos>";

  /** Stands for words outside the vocabulary; id 2. */
  public static final String UNKNOWN = "<unk>";

  private static final List<String> SPECIALS = List.of(PAD, EOS, UNKNOWN);

  private final List<String> labels;
  private final LabelMatcher matcher;
  private final List<String> tokens;
  private final Set<String> known;

  private WordLevelTokenizerFile(SortedSet<String> labels, Collection<String> texts) {
    this.labels = List.copyOf(labels);
    this.matcher = new LabelMatcher(labels);
    SortedSet<String> words = new TreeSet<>();
    for (String text : texts) {
      words.addAll(wordsOf(text));
    }
    words.removeAll(labels);
    List<String> all = new ArrayList<>(SPECIALS);
    all.addAll(labels);
    all.addAll(words);
    this.tokens = List.copyOf(all);
    this.known = Set.copyOf(all);
  }

  /**
   * Builds a vocabulary. O(total length).
   *
   * @param texts all texts the model is to read or write, with their labels in place
   * @param labels entity labels, each to be one token; duplicates count once
   * @return the vocabulary
   * @throws InvalidInputException if a label is blank, has spaces around it or is a special token
   */
  public static WordLevelTokenizerFile of(Collection<String> texts, Collection<String> labels) {
    SortedSet<String> sorted = new TreeSet<>(labels);
    for (String label : sorted) {
      if (label.isBlank() || !label.strip().equals(label) || SPECIALS.contains(label)) {
        throw new InvalidInputException(
            "the label \""
                + label
                + "\" cannot be a token: it is blank, has spaces around it or is a special token;"
                + " strip or rename it");
      }
    }
    return new WordLevelTokenizerFile(sorted, texts);
  }

  /** All tokens, special ones first; the position is the id. */
  public List<String> tokens() {
    return tokens;
  }

  /**
   * Words of a text that are not in the vocabulary.
   *
   * @param text any text
   * @return each once, in order of appearance
   */
  public List<String> unknownWords(String text) {
    Set<String> unknown = new LinkedHashSet<>(wordsOf(text));
    unknown.removeAll(known);
    return List.copyOf(unknown);
  }

  private List<String> wordsOf(String text) {
    List<String> words = new ArrayList<>();
    for (LabelMatcher.Piece piece : matcher.pieces(text)) {
      if (piece.label()) {
        words.add(piece.text());
      } else {
        words.addAll(WordSplitter.split(piece.text()));
      }
    }
    return words;
  }

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json}.
   *
   * @param folder created if missing; each file is replaced whole or not at all
   * @throws ai.kale.error.SetupException if the files cannot be written
   */
  public void write(Path folder) {
    Folders.create(folder);
    AtomicFiles.writeString(folder.resolve("tokenizer.json"), json());
    ObjectNode config = Json.object();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("pad_token", PAD).put("eos_token", EOS).put("unk_token", UNKNOWN);
    config.put("clean_up_tokenization_spaces", false);
    AtomicFiles.writeString(folder.resolve("tokenizer_config.json"), Json.pretty(config));
  }

  private String json() {
    ObjectNode root = Json.object();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < SPECIALS.size() + labels.size(); id++) {
      boolean special = id < SPECIALS.size();
      added
          .addObject()
          .put("id", id)
          .put("content", tokens.get(id))
          .put("single_word", !special)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", special);
    }
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode parts = split.putArray("pretokenizers");
    parts.addObject().put("type", "Whitespace");
    parts.addObject().put("type", "Punctuation").put("behavior", "Isolated");
    root.putNull("post_processor").putNull("decoder");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    model.put("unk_token", UNKNOWN);
    return Json.pretty(root);
  }
}
