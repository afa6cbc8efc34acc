/** Training steps and decoding, beside the matrix products alone and beside PyTorch. */
@NullMarked
package ai.kale.examples.bench.train;

import org.jspecify.annotations.NullMarked;
