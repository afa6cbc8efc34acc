package ai.kale;

/** What may not come twice on a path. */
public enum PathMode {
  /** No entity twice: a simple path. A path from an entity to itself does not exist. */
  SIMPLE,

  /**
   * No triple twice, in whichever direction it was passed; entities may come again: a trail. A
   * trail may pass its own source and target on the way, use a self loop once, and end where it
   * began.
   */
  TRAIL
}
