package ai.kale.kg.graph;

import ai.kale.error.CorruptFileException;
import ai.kale.kg.graph.GraphFileFormat.Section;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the footer of a graph file, whose checksum was found right, and maps the sections. */
final class GraphFileFooter {
  private record Entry(int width, long offset, long length, int[] checksums) {}

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer in;
  private final int chunkBits;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private final List<MappedSection> sections = new ArrayList<>();

  GraphFileFooter(Path file, FileChannel channel, ByteBuffer in, int chunkBits) {
    this.chunkBits = chunkBits;
    this.file = file;
    this.channel = channel;
    this.in = in;
  }

  MappedGraph graph() throws IOException {
    try {
      return read();
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      throw new CorruptFileException(
          file + " has a footer that makes no sense; write the file again", e);
    }
  }

  private MappedGraph read() throws IOException {
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      int code = in.getInt();
      int width = in.getInt();
      long offset = in.getLong();
      long length = in.getLong();
      boolean known = width == 1 || width == Character.BYTES || width == Integer.BYTES;
      if (!known
          || offset < 0
          || length < 0
          || length % width != 0
          || offset > channel.size() - length) {
        throw new IllegalArgumentException("section " + code);
      }
      int[] checksums = new int[GraphFileFormat.blocks(length)];
      for (int block = 0; block < checksums.length; block++) {
        checksums[block] = in.getInt();
      }
      if (entries.put(code, new Entry(width, offset, length, checksums)) != null) {
        throw new IllegalArgumentException("section " + code + " twice");
      }
    }
    long duplicates = in.getLong();
    byte[] hash = new byte[32];
    in.get(hash);
    Namespaces entitySpaces = namespaces();
    Namespaces relationSpaces = namespaces();
    ShortTexts languages = texts();
    ShortTexts graphNames = texts();
    IdDictionary entities =
        ids(Section.ENTITY_SLOTS, Section.ENTITY_POSITIONS, Section.ENTITY_TEXT, entitySpaces);
    IdDictionary relations =
        ids(
            Section.RELATION_SLOTS,
            Section.RELATION_POSITIONS,
            Section.RELATION_TEXT,
            relationSpaces);
    NameTable entityNames =
        names(
            Section.ENTITY_NAME_OFFSETS,
            Section.ENTITY_NAME_POSITIONS,
            Section.ENTITY_NAME_TEXT,
            languages);
    NameTable relationNames =
        names(
            Section.RELATION_NAME_OFFSETS,
            Section.RELATION_NAME_POSITIONS,
            Section.RELATION_NAME_TEXT,
            languages);
    AdjacencyArrays arcs =
        new AdjacencyArrays(
            column(Section.ARC_OFFSETS),
            column(Section.ARC_NEIGHBOURS),
            column(Section.ARC_LABELS),
            has(Section.ARC_WEIGHTS) ? column(Section.ARC_WEIGHTS) : null);
    GraphContent content =
        new GraphContent(
            entities,
            relations,
            entityNames,
            relationNames,
            arcs,
            sources(graphNames),
            duplicates,
            "sha256:" + HexFormat.of().formatHex(hash));
    GraphChecks.sizes(content);
    return new MappedGraph(content, sections);
  }

  private IdDictionary ids(Section slots, Section positions, Section text, Namespaces spaces)
      throws IOException {
    return new IdDictionary(column(slots), column(positions), text(text), spaces);
  }

  private NameTable names(Section offsets, Section positions, Section text, ShortTexts languages)
      throws IOException {
    return new NameTable(column(offsets), column(positions), text(text), languages);
  }

  private @Nullable TripleSources sources(ShortTexts names) throws IOException {
    return has(Section.SOURCE_OFFSETS)
        ? new TripleSources(
            column(Section.SOURCE_OFFSETS),
            column(Section.SOURCE_LINES_LOW),
            column(Section.SOURCE_LINES_HIGH),
            column(Section.SOURCE_GRAPHS),
            names)
        : null;
  }

  private boolean has(Section section) {
    return entries.containsKey(section.code);
  }

  private IntColumn column(Section section) throws IOException {
    Entry entry = entry(section);
    boolean labels = section == Section.ARC_LABELS && entry.width() == Character.BYTES;
    if (entry.width() != Integer.BYTES && !labels) {
      throw new IllegalArgumentException("width " + entry.width() + " of " + section);
    }
    return MappedColumns.numbers(map(section, entry), entry.width());
  }

  private TextStore text(Section section) throws IOException {
    if (entry(section).width() != 1) {
      throw new IllegalArgumentException("width of " + section);
    }
    return MappedColumns.texts(map(section, entry(section)));
  }

  private Entry entry(Section section) {
    Entry entry = entries.get(section.code);
    if (entry == null) {
      throw new IllegalArgumentException("no section " + section);
    }
    return entry;
  }

  private MappedSection map(Section section, Entry entry) throws IOException {
    MappedSection mapped =
        new MappedSection(
            file, section, channel, entry.offset(), entry.length(), entry.checksums(), chunkBits);
    sections.add(mapped);
    return mapped;
  }

  private Namespaces namespaces() {
    Namespaces namespaces = new Namespaces();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      byte[] text = bytes();
      if (namespaces.add(text, 0, text.length) != i + 1) {
        throw new IllegalArgumentException("namespace " + (i + 1) + " came before");
      }
    }
    return namespaces;
  }

  private ShortTexts texts() {
    ShortTexts texts = new ShortTexts();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      if (texts.add(new String(bytes(), StandardCharsets.UTF_8)) != i + 1) {
        throw new IllegalArgumentException("text " + (i + 1) + " came before");
      }
    }
    return texts;
  }

  private byte[] bytes() {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
