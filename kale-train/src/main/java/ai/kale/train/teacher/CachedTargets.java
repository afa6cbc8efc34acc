package ai.kale.train.teacher;

import ai.kale.error.OperationCancelledException;
import ai.kale.spi.tensor.Distributions;
import ai.kale.spi.tensor.TensorModel;
import ai.kale.train.data.TrainingExample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A frozen teacher on disk: its distributions are read through memory maps as they are needed, and
 * take no heap beyond those of one pass. Safe for use by several threads.
 */
final class CachedTargets implements Teacher {
  private static final long MAP_BYTES = 1 << 30;

  /** A stretch of the file that begins and ends with a record. */
  private record Region(long start, MappedByteBuffer bytes) {}

  private final String key;
  private final CacheLayout layout;
  private final Region[] regions;

  private CachedTargets(String key, CacheLayout layout, Region[] regions) {
    this.key = key;
    this.layout = layout;
    this.regions = regions;
  }

  /**
   * Maps a file and checks every record. Cost: the file is read once.
   *
   * @throws ai.kale.error.CorruptFileException if it is damaged
   * @throws IOException if it cannot be read
   */
  static CachedTargets open(Path file, TeacherKey key, CacheLayout layout) throws IOException {
    return open(file, key, layout, MAP_BYTES);
  }

  /** The same with maps of another size. */
  static CachedTargets open(Path file, TeacherKey key, CacheLayout layout, long mapBytes)
      throws IOException {
    Region[] regions = new Region[layout.examples()];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() != layout.size()) {
        throw CacheHeader.refused(file, "is cut short or has a damaged header");
      }
      for (List<Integer> stretch : stretches(layout, mapBytes)) {
        int last = stretch.get(stretch.size() - 1);
        long start = layout.start(stretch.get(0));
        long length = layout.start(last) + layout.recordBytes(last) - start;
        Region region =
            new Region(start, channel.map(FileChannel.MapMode.READ_ONLY, start, length));
        stretch.forEach(example -> regions[example] = region);
      }
    } catch (ClosedByInterruptException e) {
      throw new OperationCancelledException("interrupted while " + file + " was opened");
    }
    CachedTargets targets = new CachedTargets(key.hash(), layout, regions);
    for (int example : layout.order()) {
      if (!CacheLayout.sound(targets.record(example))) {
        throw CacheHeader.refused(file, "has a wrong checksum");
      }
    }
    return targets;
  }

  /** Examples in the order of their records, as many together as one map holds. */
  private static List<List<Integer>> stretches(CacheLayout layout, long mapBytes) {
    List<List<Integer>> all = new ArrayList<>();
    List<Integer> current = new ArrayList<>();
    long bytes = 0;
    for (int example : layout.order()) {
      bytes += layout.recordBytes(example);
      if (!current.isEmpty() && bytes > mapBytes) {
        all.add(current);
        current = new ArrayList<>();
        bytes = layout.recordBytes(example);
      }
      current.add(example);
    }
    if (!current.isEmpty()) {
      all.add(current);
    }
    return all;
  }

  private ByteBuffer record(int example) {
    Region region = regions[example];
    int at = (int) (layout.start(example) - region.start());
    return region.bytes().slice(at, layout.recordBytes(example)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Distributions distributions(
      TensorModel student, List<TrainingExample> examples, int[] indexes) {
    int k = layout.kept();
    int rows = 0;
    for (int index : indexes) {
      rows += layout.rows(index);
    }
    int[] ids = new int[Math.multiplyExact(rows, k)];
    float[] logs = new float[ids.length];
    float[] tails = new float[rows];
    int row = 0;
    for (int index : indexes) {
      ByteBuffer record = record(index);
      int count = layout.rows(index);
      record.asIntBuffer().get(ids, row * k, count * k);
      record
          .position(4 * count * k)
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(logs, row * k, count * k);
      record
          .position(8 * count * k)
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(tails, row, count);
      row += count;
    }
    return new Distributions(rows, k, ids, logs, tails);
  }

  @Override
  public void checkServes(List<TrainingExample> examples) {
    if (!layout.fits(examples)) {
      throw new IllegalArgumentException(
          "the teacher's distributions were computed for "
              + layout.examples()
              + " other examples; compute them for the list that is trained on");
    }
  }

  @Override
  public boolean runsModel() {
    return false;
  }

  @Override
  public String describe() {
    return TeacherTargets.describe(key);
  }
}
