package ai.kale.kg.graph;

import java.nio.charset.StandardCharsets;

/**
 * The graph file, all numbers little-endian.
 *
 * <pre>
 * 0   8 bytes  magic
 * 8   int      version
 * 12  int      CRC-32C of these 64 bytes with this field zero
 * 16  long     offset of the footer
 * 24  long     length of the footer, its checksum left out
 * 32  long     length of the file
 * 40           zero up to 64; this much has the same layout in every version
 * 64           sections, each from a multiple of 64 on
 *              footer: the sections with a CRC-32C for each block of 64 KiB, then what is small
 *     int      CRC-32C of the footer
 * </pre>
 *
 * <p>Entities and relations are numbered in the order of their ids as strings, by UTF-16 units.
 *
 * <p>The hash of {@link IdKeys}, the rule where {@link Namespaces} splits an id, and the records of
 * {@link TextStore} with their segments are part of the format too: a change of any needs a new
 * version.
 */
final class GraphFileFormat {
  static final byte[] MAGIC = "KALE-KG\n".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 2;
  static final int HEADER = 64;
  static final int ALIGNMENT = 64;
  static final int BLOCK = 1 << 16;

  private GraphFileFormat() {}

  /** What a section holds. Codes never change their meaning; 13 and 23 were in version 1. */
  enum Section {
    ARC_OFFSETS(1),
    ARC_NEIGHBOURS(2),
    ARC_LABELS(3),
    ARC_WEIGHTS(4),
    ENTITY_SLOTS(10),
    ENTITY_POSITIONS(11),
    ENTITY_TEXT(12),
    ENTITY_NAME_OFFSETS(14),
    ENTITY_NAME_POSITIONS(15),
    ENTITY_NAME_TEXT(16),
    RELATION_SLOTS(20),
    RELATION_POSITIONS(21),
    RELATION_TEXT(22),
    RELATION_NAME_OFFSETS(24),
    RELATION_NAME_POSITIONS(25),
    RELATION_NAME_TEXT(26),
    SOURCE_OFFSETS(30),
    SOURCE_LINES_LOW(31),
    SOURCE_LINES_HIGH(32),
    SOURCE_GRAPHS(33);

    final int code;

    Section(int code) {
      this.code = code;
    }
  }

  /** The position a section may start at. */
  static long aligned(long position) {
    return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Number of blocks of a section. */
  static int blocks(long length) {
    return Math.toIntExact((length + BLOCK - 1) / BLOCK);
  }
}
