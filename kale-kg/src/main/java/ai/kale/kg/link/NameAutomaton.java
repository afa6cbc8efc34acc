package ai.kale.kg.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IntsRefBuilder;
import org.apache.lucene.util.fst.FST;
import org.apache.lucene.util.fst.FSTCompiler;
import org.apache.lucene.util.fst.FSTReader;
import org.apache.lucene.util.fst.PositiveIntOutputs;
import org.apache.lucene.util.fst.Util;

/**
 * A minimal finite-state transducer from names, as bytes, to their numbers in sorted order:
 * Lucene's FST in one array on the heap. Safe for use by several threads, each with a {@link Walk}.
 */
final class NameAutomaton {
  private static final PositiveIntOutputs NUMBERS = PositiveIntOutputs.getSingleton();

  /** Memory for finding endings that names share; more makes large automata little smaller. */
  private static final double ENDINGS_MEBIBYTES = 32;

  /** No UTF-8 has this byte; the compiler makes nothing of nothing. */
  private static final byte[] NO_TEXT = {(byte) 0xFF};

  private final byte[] bytes;
  private final FST<Long> fst;
  private final FST.Arc<Long>[] firstArcs;

  private NameAutomaton(FST.FSTMetadata<Long> metadata, byte[] bytes) throws IOException {
    this.bytes = bytes;
    this.fst =
        FST.fromFSTReader(
            metadata,
            new FSTReader() {
              @Override
              public long ramBytesUsed() {
                return bytes.length;
              }

              @Override
              public FST.BytesReader getReverseBytesReader() {
                return new BackwardReader(bytes);
              }

              @Override
              public void writeTo(DataOutput out) throws IOException {
                out.writeBytes(bytes, bytes.length);
              }
            });
    this.firstArcs = firstArcs();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private FST.Arc<Long>[] firstArcs() throws IOException {
    FST.Arc<Long>[] arcs = new FST.Arc[256];
    FST.Arc<Long> root = fst.getFirstArc(new FST.Arc<>());
    for (int label = 0; label < arcs.length; label++) {
      arcs[label] = fst.findTargetArc(label, root, new FST.Arc<>(), fst.getBytesReader());
    }
    return arcs;
  }

  /** The bytes of the automaton. */
  long byteLength() {
    return bytes.length;
  }

  Walk walk() {
    return new Walk();
  }

  /** Goes through the automaton from its root; for one thread. */
  final class Walk {
    private final BackwardReader reader = new BackwardReader(bytes);
    private final FST.Arc<Long> arc = new FST.Arc<>();
    private long number;

    private Walk() {}

    /** Begins with the first byte of a name. */
    boolean begin(byte first) {
      FST.Arc<Long> known = firstArcs[first & 0xFF];
      if (known == null) {
        return false;
      }
      arc.copyFrom(known);
      number = arc.output();
      return true;
    }

    /** Goes on with the next byte; false where no name goes on like this. */
    boolean next(byte b) {
      try {
        if (fst.findTargetArc(b & 0xFF, arc, arc, reader) == null) {
          return false;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("an array cannot fail to be read", e);
      }
      number += arc.output();
      return true;
    }

    /** The number of the name that ends here, or -1. */
    int number() {
      return arc.isFinal() ? (int) (number + arc.nextFinalOutput()) : -1;
    }
  }

  /**
   * Takes names in rising order of their bytes, without duplicates. Memory: the automaton so far,
   * and a fixed amount.
   */
  static final class Builder {
    private final AutomatonBytes out = new AutomatonBytes();
    private final FSTCompiler<Long> compiler;
    private final IntsRefBuilder key = new IntsRefBuilder();
    private int names;

    Builder() {
      compiler =
          new FSTCompiler.Builder<>(FST.INPUT_TYPE.BYTE1, NUMBERS)
              .suffixRAMLimitMB(ENDINGS_MEBIBYTES)
              .dataOutput(out)
              .build();
    }

    /** Adds a name, whose number is how many came before it. */
    void add(byte[] in, int offset, int length) {
      try {
        compiler.add(Util.toIntsRef(new BytesRef(in, offset, length), key), (long) names++);
      } catch (IOException e) {
        throw new UncheckedIOException("an array cannot fail to be written", e);
      }
    }

    /** Names added so far. */
    int names() {
      return names;
    }

    /** The automaton of all names. */
    NameAutomaton build() {
      try {
        if (names == 0) {
          add(NO_TEXT, 0, 1);
        }
        return new NameAutomaton(compiler.compile(), out.toArray());
      } catch (IOException e) {
        throw new UncheckedIOException("an array cannot fail to be read", e);
      }
    }
  }
}
