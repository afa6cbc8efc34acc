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
  private final Map<Integer, Entry> entries = new HashMap<>();
  private final List<MappedSection> sections = new ArrayList<>();

  GraphFileFooter(Path file, FileChannel channel, ByteBuffer in) {
    this.file = file;
    this.channel = channel;
    this.in = in;
  }

  MappedGraph graph(int chunkBits) throws IOException {
    try {
      return read(chunkBits);
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      throw new CorruptFileException(
          file + " has a footer that makes no sense; write the file again", e);
    }
  }

  private MappedGraph read(int chunkBits) throws IOException {
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
        new IdDictionary(
            column(Section.ENTITY_SLOTS, chunkBits),
            column(Section.ENTITY_POSITIONS, chunkBits),
            text(Section.ENTITY_TEXT, chunkBits),
            entitySpaces);
    IdDictionary relations =
        new IdDictionary(
            column(Section.RELATION_SLOTS, chunkBits),
            column(Section.RELATION_POSITIONS, chunkBits),
            text(Section.RELATION_TEXT, chunkBits),
            relationSpaces);
    NameTable entityNames =
        new NameTable(
            column(Section.ENTITY_NAME_OFFSETS, chunkBits),
            column(Section.ENTITY_NAME_POSITIONS, chunkBits),
            text(Section.ENTITY_NAME_TEXT, chunkBits),
            languages);
    NameTable relationNames =
        new NameTable(
            column(Section.RELATION_NAME_OFFSETS, chunkBits),
            column(Section.RELATION_NAME_POSITIONS, chunkBits),
            text(Section.RELATION_NAME_TEXT, chunkBits),
            languages);
    AdjacencyArrays arcs =
        new AdjacencyArrays(
            column(Section.ARC_OFFSETS, chunkBits),
            column(Section.ARC_NEIGHBOURS, chunkBits),
            column(Section.ARC_LABELS, chunkBits),
            has(Section.ARC_WEIGHTS) ? column(Section.ARC_WEIGHTS, chunkBits) : null);
    GraphContent.Known known =
        new GraphContent.Known(
            "sha256:" + HexFormat.of().formatHex(hash),
            column(Section.ENTITY_ORDER, chunkBits),
            column(Section.RELATION_ORDER, chunkBits));
    GraphContent content =
        new GraphContent(
            entities,
            relations,
            entityNames,
            relationNames,
            arcs,
            sources(graphNames, chunkBits),
            duplicates,
            known);
    GraphChecks.sizes(content, known);
    return new MappedGraph(content, sections);
  }

  private @Nullable TripleSources sources(ShortTexts names, int chunkBits) throws IOException {
    return has(Section.SOURCE_OFFSETS)
        ? new TripleSources(
            column(Section.SOURCE_OFFSETS, chunkBits),
            column(Section.SOURCE_LINES_LOW, chunkBits),
            column(Section.SOURCE_LINES_HIGH, chunkBits),
            column(Section.SOURCE_GRAPHS, chunkBits),
            names)
        : null;
  }

  private boolean has(Section section) {
    return entries.containsKey(section.code);
  }

  private IntColumn column(Section section, int chunkBits) throws IOException {
    Entry entry = entry(section);
    boolean labels = section == Section.ARC_LABELS && entry.width() == Character.BYTES;
    if (entry.width() != Integer.BYTES && !labels) {
      throw new IllegalArgumentException("width " + entry.width() + " of " + section);
    }
    return MappedColumns.numbers(map(section, entry, chunkBits), entry.width());
  }

  private TextStore text(Section section, int chunkBits) throws IOException {
    if (entry(section).width() != 1) {
      throw new IllegalArgumentException("width of " + section);
    }
    return MappedColumns.texts(map(section, entry(section), chunkBits));
  }

  private Entry entry(Section section) {
    Entry entry = entries.get(section.code);
    if (entry == null) {
      throw new IllegalArgumentException("no section " + section);
    }
    return entry;
  }

  private MappedSection map(Section section, Entry entry, int chunkBits) throws IOException {
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
