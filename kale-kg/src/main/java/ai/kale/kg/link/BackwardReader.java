package ai.kale.kg.link;

import org.apache.lucene.util.fst.FST;

/** Reads an array back to front, as automata are laid out. */
final class BackwardReader extends FST.BytesReader {
  private final byte[] bytes;
  private int position;

  BackwardReader(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public byte readByte() {
    return bytes[position--];
  }

  @Override
  public void readBytes(byte[] into, int offset, int count) {
    for (int i = 0; i < count; i++) {
      into[offset + i] = bytes[position--];
    }
  }

  @Override
  public void skipBytes(long count) {
    position -= (int) count;
  }

  @Override
  public long getPosition() {
    return position;
  }

  @Override
  public void setPosition(long newPosition) {
    position = (int) newPosition;
  }
}
