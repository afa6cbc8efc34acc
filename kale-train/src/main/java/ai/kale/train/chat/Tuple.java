package ai.kale.train.chat;

import java.util.AbstractList;
import java.util.List;

/** A list that prints in round brackets. */
final class Tuple extends AbstractList<Object> {
  private final List<Object> values;

  Tuple(List<?> values) {
    this.values = List.copyOf(values);
  }

  @Override
  public Object get(int index) {
    return values.get(index);
  }

  @Override
  public int size() {
    return values.size();
  }
}
