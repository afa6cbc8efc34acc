package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.kale.spi.tensor.EngineOptions;
import ai.kale.train.checkpoint.DecoderConfig;

/**
 * What a pass may hold at a time, as scripts read it.
 *
 * @param logitRows rows of logits, at least 1
 * @param activationCheckpointing whether blocks are computed again on the way back
 */
record PassLimits(int logitRows, boolean activationCheckpointing) {
  /** Bytes of one float tensor [rows, vocabulary] where the engine chooses the rows. */
  private static final long CHUNK_BYTES = 128L << 20;

  /** The limits of a model. */
  static PassLimits of(DecoderConfig config, EngineOptions options) {
    long chosen = Math.max(1, CHUNK_BYTES / (4L * config.vocabularySize()));
    int rows = options.logitRows() == 0 ? Math.toIntExact(chosen) : options.logitRows();
    return new PassLimits(rows, options.activationCheckpointing());
  }

  /** The argument {@code limits} of a script. */
  NDArray argument(NDManager call) {
    return NativeTensors.longs(call, new long[] {logitRows, activationCheckpointing ? 1 : 0});
  }
}
