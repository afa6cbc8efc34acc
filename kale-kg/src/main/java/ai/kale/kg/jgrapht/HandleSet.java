package ai.kale.kg.jgrapht;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.stream.IntStream;

/** The handles from 0 to a count, as a read-only set. */
final class HandleSet extends AbstractSet<Integer> {
  private final int count;

  HandleSet(int count) {
    this.count = count;
  }

  @Override
  public Iterator<Integer> iterator() {
    return IntStream.range(0, count).iterator();
  }

  @Override
  public boolean contains(Object other) {
    return other instanceof Integer handle && handle >= 0 && handle < count;
  }

  @Override
  public int size() {
    return count;
  }
}
