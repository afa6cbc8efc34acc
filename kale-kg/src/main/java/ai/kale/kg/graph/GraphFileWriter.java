package ai.kale.kg.graph;

import ai.kale.kg.graph.GraphFileFormat.Section;
import ai.kale.run.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes graphs in the form of {@link GraphFileFormat}. */
final class GraphFileWriter {
  @FunctionalInterface
  private interface Body {
    void writeTo(SectionWriter out) throws IOException;
  }

  /** One section to be written, and where. */
  private record Part(Section section, int width, long offset, long length, Body body) {}

  private final GraphContent graph;
  private final List<Part> parts = new ArrayList<>();
  private final List<IntList> checksums = new ArrayList<>();
  private long end = GraphFileFormat.HEADER;

  private GraphFileWriter(GraphContent graph) {
    this.graph = graph;
  }

  static void write(GraphContent graph, Path file) {
    GraphFileWriter writer = new GraphFileWriter(graph);
    writer.plan();
    AtomicFiles.write(file, writer::writeTo);
  }

  private void plan() {
    column(Section.ARC_OFFSETS, graph.arcs.offsets());
    column(Section.ARC_NEIGHBOURS, graph.arcs.neighbours());
    column(Section.ARC_LABELS, graph.arcs.labels());
    IntColumn weights = graph.arcs.weights();
    if (weights != null) {
      column(Section.ARC_WEIGHTS, weights);
    }
    column(Section.ENTITY_SLOTS, graph.entities.slots);
    column(Section.ENTITY_POSITIONS, graph.entities.positions);
    text(Section.ENTITY_TEXT, graph.entities.text);
    column(Section.ENTITY_NAME_OFFSETS, graph.entityNames.offsets);
    column(Section.ENTITY_NAME_POSITIONS, graph.entityNames.positions);
    text(Section.ENTITY_NAME_TEXT, graph.entityNames.text);
    column(Section.RELATION_SLOTS, graph.relations.slots);
    column(Section.RELATION_POSITIONS, graph.relations.positions);
    text(Section.RELATION_TEXT, graph.relations.text);
    column(Section.RELATION_NAME_OFFSETS, graph.relationNames.offsets);
    column(Section.RELATION_NAME_POSITIONS, graph.relationNames.positions);
    text(Section.RELATION_NAME_TEXT, graph.relationNames.text);
    TripleSources sources = graph.sources;
    if (sources != null) {
      column(Section.SOURCE_OFFSETS, sources.offsets);
      column(Section.SOURCE_LINES_LOW, sources.linesLow);
      column(Section.SOURCE_LINES_HIGH, sources.linesHigh);
      column(Section.SOURCE_GRAPHS, sources.graphs);
    }
  }

  private void column(Section section, IntColumn column) {
    part(section, column.width(), column.byteLength(), column::writeTo);
  }

  private void text(Section section, TextStore text) {
    part(section, 1, text.byteLength(), text::writeTo);
  }

  private void part(Section section, int width, long length, Body body) {
    long offset = GraphFileFormat.aligned(end);
    parts.add(new Part(section, width, offset, length, body));
    end = offset + length;
  }

  private void writeTo(OutputStream out) throws IOException {
    checksums.clear();
    int footerLength = footer(false).length;
    long footerOffset = GraphFileFormat.aligned(end);
    out.write(header(footerOffset, footerLength));
    long position = GraphFileFormat.HEADER;
    for (Part part : parts) {
      out.write(new byte[(int) (part.offset() - position)]);
      SectionWriter section = new SectionWriter(out);
      part.body().writeTo(section);
      checksums.add(section.end());
      if (section.written() != part.length()) {
        throw new IOException(
            part.section() + ": " + section.written() + " bytes, not " + part.length());
      }
      position = part.offset() + part.length();
    }
    out.write(new byte[(int) (footerOffset - position)]);
    byte[] footer = footer(true);
    out.write(footer);
    byte[] last = new byte[Integer.BYTES];
    ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).putInt(checksum(footer));
    out.write(last);
  }

  private static byte[] header(long footerOffset, int footerLength) {
    byte[] bytes = new byte[GraphFileFormat.HEADER];
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.put(GraphFileFormat.MAGIC).putInt(GraphFileFormat.VERSION).putInt(0);
    header.putLong(footerOffset).putLong(footerLength);
    header.putLong(footerOffset + footerLength + Integer.BYTES);
    header.putInt(12, checksum(bytes));
    return bytes;
  }

  /** The footer; with zero for every checksum before the sections are written. */
  private byte[] footer(boolean complete) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SectionWriter out = new SectionWriter(bytes);
    out.putInt(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      out.putInt(part.section().code);
      out.putInt(part.width());
      putLong(out, part.offset());
      putLong(out, part.length());
      for (int block = 0; block < GraphFileFormat.blocks(part.length()); block++) {
        out.putInt(complete ? checksums.get(i).get(block) : 0);
      }
    }
    putLong(out, graph.duplicates);
    out.putBytes(HexFormat.of().parseHex(graph.snapshot().substring("sha256:".length())), 32);
    namespaces(out, graph.entities.namespaces);
    namespaces(out, graph.relations.namespaces);
    texts(out, graph.entityNames.languages);
    TripleSources sources = graph.sources;
    texts(out, sources == null ? new ShortTexts() : sources.graphNames);
    out.end();
    return bytes.toByteArray();
  }

  private static void putLong(SectionWriter out, long value) throws IOException {
    out.putInt((int) value);
    out.putInt((int) (value >>> 32));
  }

  private static void namespaces(SectionWriter out, Namespaces namespaces) throws IOException {
    out.putInt(namespaces.size() - 1);
    for (int i = 1; i < namespaces.size(); i++) {
      putText(out, namespaces.get(i));
    }
  }

  private static void texts(SectionWriter out, ShortTexts texts) throws IOException {
    out.putInt(texts.size() - 1);
    for (int i = 1; i < texts.size(); i++) {
      putText(out, texts.get(i).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void putText(SectionWriter out, byte[] text) throws IOException {
    out.putInt(text.length);
    out.putBytes(text, text.length);
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length);
    return (int) checksum.getValue();
  }
}
