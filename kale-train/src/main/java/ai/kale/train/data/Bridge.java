package ai.kale.train.data;

/**
 * An intermediate entity of a question's path, as a target for an intermediate layer.
 *
 * @param hop 1 for the entity after the first hop, and so on
 * @param token the first token of its label, as an answer would start with it
 * @param supervised false where training must not see it, see {@link BridgeMask}
 */
public record Bridge(int hop, int token, boolean supervised) {}
