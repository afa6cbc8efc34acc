package ai.kale;

/** Which arcs of an entity are meant. */
public enum Direction {
  /** Triples in which the entity is the subject. */
  FORWARD,
  /** Triples in which the entity is the object. */
  BACKWARD,
  /** Both. */
  BOTH;

  /** Whether arcs along the arrow are meant. */
  public boolean includesForward() {
    return this != BACKWARD;
  }

  /** Whether arcs against the arrow are meant. */
  public boolean includesBackward() {
    return this != FORWARD;
  }
}
