/**
 * The tensor engine over Deep Java Library and libtorch. The only package that may import DJL.
 *
 * <p>A model is a list of weight tensors in native memory and a TorchScript archive that {@link
 * ai.kale.train.djl.DjlTensorEngine} writes for the checkpoint's configuration: forward pass, loss
 * terms, gradients, optimizer and generation each run as one script call.
 */
@NullMarked
package ai.kale.train.djl;

import org.jspecify.annotations.NullMarked;
