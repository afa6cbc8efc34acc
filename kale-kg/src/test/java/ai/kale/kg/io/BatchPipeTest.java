package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.OperationCancelledException;
import ai.kale.kg.graph.TripleBatch;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BatchPipeTest {
  private static final String NAME = "kale-load-tsv-test";

  /** Numbers the batches: the line of their only triple. */
  private static void fill(TripleBatch batch, long number) {
    for (int field = 0; field < 3; field++) {
      batch.field(new byte[] {'a'}, 0, 1, field);
    }
    batch.endTriple(1, number);
  }

  private static void assertNoThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain(NAME);
  }

  @Test
  void batchesComeInTheOrderInWhichTheyWereFilled() {
    List<Long> lines = new ArrayList<>();
    BatchPipe.Reader reader =
        to -> {
          for (long i = 1; i <= 100; i++) {
            TripleBatch batch = to.take();
            fill(batch, i);
            to.put(batch);
          }
        };
    try (BatchPipe pipe = new BatchPipe(NAME, reader)) {
      pipe.drain(batch -> lines.add(batch.line(0)));
    }
    assertThat(lines).hasSize(100).isSorted().startsWith(1L).endsWith(100L);
    assertNoThreadIsLeft();
  }

  @Test
  void aFailingConsumerEndsAReaderThatWaitsForRoom() {
    List<Long> filled = new ArrayList<>();
    CountDownLatch full = new CountDownLatch(8);
    BatchPipe.Reader endless =
        to -> {
          for (long i = 1; ; i++) {
            TripleBatch batch = to.take();
            filled.add(i);
            to.put(batch);
            full.countDown();
          }
        };
    assertThatThrownBy(
            () -> {
              try (BatchPipe pipe = new BatchPipe(NAME, endless)) {
                full.await();
                pipe.drain(
                    batch -> {
                      throw new IllegalStateException("no room");
                    });
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no room");
    assertThat(filled).hasSize(8);
    assertNoThreadIsLeft();
  }

  @Test
  void whatTheReaderThrowsComesAfterWhatItRead() {
    for (Throwable thrown : List.of(new IllegalStateException("line 3"), new AssertionError("x"))) {
      List<Long> lines = new ArrayList<>();
      BatchPipe.Reader reader =
          to -> {
            TripleBatch batch = to.take();
            fill(batch, 1);
            to.put(batch);
            if (thrown instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) thrown;
          };
      assertThatThrownBy(
              () -> {
                try (BatchPipe pipe = new BatchPipe(NAME, reader)) {
                  pipe.drain(batch -> lines.add(batch.line(0)));
                }
              })
          .isSameAs(thrown);
      assertThat(lines).containsExactly(1L);
      assertNoThreadIsLeft();
    }
  }

  /** Blank lines, which fill no batch. */
  private static final class BlankLines extends InputStream {
    private static final long LINES = 1L << 27;
    private long given;

    @Override
    public int read() {
      throw new UnsupportedOperationException("read many");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, LINES - given);
      Arrays.fill(target, offset, offset + count, (byte) '\n');
      given += count;
      return count == 0 ? -1 : count;
    }
  }

  @Test
  void anInterruptEndsBothSidesWithinBlankLines() {
    BlankLines blank = new BlankLines();
    TsvReader tsv = new TsvReader(false, new BadLines("blank.tsv", BadInputPolicy.fail()));
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> {
              try (ByteLines lines = new ByteLines(blank, "blank.tsv");
                  BatchPipe pipe = new BatchPipe(NAME, to -> tsv.read(lines, to))) {
                pipe.drain(TripleBatch::clear);
              }
            })
        .isInstanceOf(OperationCancelledException.class);
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(blank.given).isLessThan(BlankLines.LINES / 2);
    assertNoThreadIsLeft();
  }
}
