package ai.kale.kg.io;

import java.nio.file.Path;

/** Reads the triples and names of one file into a graph in the making. */
@FunctionalInterface
interface TripleReader {
  /**
   * Reads a file to its end.
   *
   * @param file the file, packed or not
   * @param session takes what it holds; the caller has started this file
   */
  void read(Path file, LoadSession session);
}
