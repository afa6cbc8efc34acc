package ai.kale.export;

import ai.kale.data.RationalizedQuestion;
import ai.kale.error.InvalidInputException;
import ai.kale.rationale.UntrustedLabels;
import ai.kale.run.AtomicFiles;
import ai.kale.run.LibraryVersion;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A dataset card: {@code README.md} with the YAML front matter that the Hugging Face Hub reads (one
 * configuration for each file), what is in the data, how it was made, and the hash of each file.
 * The same data give the same card: there is no time of day in it. It holds ids and settings from
 * provenance, which never holds a secret. Immutable; each {@code with…} returns a new object.
 *
 * <p>Cost: one pass over the rows, in constant memory.
 */
public final class DatasetCard {
  private static final ObjectMapper TEXTS =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final UntrustedLabels LABELS = new UntrustedLabels(200);

  private final String name;
  private final DatasetFacts facts;
  private final List<ExportedFile> files;
  private final String license;
  private final String language;

  private DatasetCard(
      String name, DatasetFacts facts, List<ExportedFile> files, String license, String language) {
    this.name = name;
    this.facts = facts;
    this.files = List.copyOf(files);
    this.license = license;
    this.language = language;
  }

  /**
   * A card for data in English without a license.
   *
   * @param name what the data set is called
   * @param rows all of its rows; gone through once
   * @return a card
   */
  public static DatasetCard of(String name, Iterable<RationalizedQuestion> rows) {
    DatasetFacts facts = new DatasetFacts();
    rows.forEach(facts::add);
    return new DatasetCard(name, facts, List.of(), "", "en");
  }

  /**
   * The same with one more file.
   *
   * @param file what an export wrote, in the folder of the card or below it
   * @return a new card
   */
  public DatasetCard withFile(ExportedFile file) {
    List<ExportedFile> more = new ArrayList<>(files);
    more.add(file);
    return new DatasetCard(name, facts, more, license, language);
  }

  /**
   * The same with a license.
   *
   * @param identifier as the Hub knows it, for example {@code "cc-by-4.0"}
   * @return a new card
   */
  public DatasetCard withLicense(String identifier) {
    return new DatasetCard(name, facts, files, identifier, language);
  }

  /**
   * The same in another language.
   *
   * @param code as the Hub knows it, for example {@code "de"}
   * @return a new card
   */
  public DatasetCard withLanguage(String code) {
    return new DatasetCard(name, facts, files, license, code);
  }

  /**
   * Writes {@code README.md}, whole or not at all.
   *
   * @param folder where the files are
   * @return the file
   * @throws InvalidInputException if a file is not in the folder
   * @throws ai.kale.error.SetupException if it cannot be written
   */
  public Path writeTo(Path folder) {
    Path card = folder.resolve("README.md");
    AtomicFiles.writeString(card, text(folder));
    return card;
  }

  private String text(Path folder) {
    StringBuilder text = new StringBuilder("---\n");
    line(text, "pretty_name", yaml(LABELS.clean(name)));
    text.append("language:\n- ").append(yaml(language)).append('\n');
    if (!license.isEmpty()) {
      line(text, "license", yaml(license));
    }
    text.append("task_categories:\n- question-answering\n- text-generation\n");
    text.append("size_categories:\n- ").append(size(facts.rows())).append('\n');
    text.append("tags:\n- knowledge-graph\n- rationale\n- kale\n");
    configurations(text, folder);
    text.append("---\n\n# ").append(plain(name)).append("\n\n");
    text.append(
            "Questions with rationales from paths of a knowledge graph, made with KALE for the JVM")
        .append(" (version ")
        .append(code(LibraryVersion.current()))
        .append(").\n\n## How it was made\n\n| | |\n|---|---|\n");
    facts.lines().forEach((key, value) -> row(text, key, value));
    if (!files.isEmpty()) {
      text.append(
          "\n## Files\n\n| file | form | rows | bytes | SHA-256 |\n|---|---|---|---|---|\n");
      for (ExportedFile file : files) {
        row(
            text,
            code(nameIn(folder, file)),
            file.format(),
            Long.toString(file.rows()),
            Long.toString(file.bytes()),
            code(file.sha256()));
      }
    }
    return text.toString();
  }

  /** One for each file, because forms differ in their columns; the first is the default. */
  private void configurations(StringBuilder text, Path folder) {
    Set<String> names = new LinkedHashSet<>();
    for (ExportedFile file : files) {
      if (names.isEmpty()) {
        text.append("configs:\n");
      }
      String config = file.format();
      for (int i = 2; !names.add(config); i++) {
        config = file.format() + "-" + i;
      }
      text.append("- config_name: ").append(yaml(config)).append('\n');
      text.append(names.size() == 1 ? "  default: true\n" : "");
      text.append("  data_files:\n  - split: train\n    path: ")
          .append(yaml(nameIn(folder, file)))
          .append('\n');
    }
  }

  private static String nameIn(Path folder, ExportedFile file) {
    Path base = folder.toAbsolutePath().normalize();
    Path target = file.file().toAbsolutePath().normalize();
    if (!target.startsWith(base)) {
      throw new InvalidInputException(
          file.file() + " is not in " + folder + ", the folder of its card; export it there");
    }
    return base.relativize(target).toString().replace('\\', '/');
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(": ").append(value).append('\n');
  }

  private static void row(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A text as YAML: in double quotes and ASCII, which is JSON too. */
  private static String yaml(String value) {
    try {
      return TEXTS.writeValueAsString(value).replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is always JSON", e);
    }
  }

  /** A text as a code span of a table cell. */
  static String code(String value) {
    return "`" + LABELS.clean(value).replace('`', '\'').replace("|", "\\|") + "`";
  }

  /** A text without the signs that Markdown and HTML give a meaning. */
  private static String plain(String value) {
    return LABELS.clean(value).replaceAll("([\\\\`*_{}\\[\\]<>()#|!&])", "\\\\$1");
  }

  private static String size(long rows) {
    long low = 1000;
    String lower = "1K";
    if (rows < low) {
      return "n<1K";
    }
    for (String upper : List.of("10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")) {
      if (rows < low * 10) {
        return lower + "<n<" + upper;
      }
      low *= 10;
      lower = upper;
    }
    return "n>1T";
  }
}
