package ai.kale.train.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A loaded TorchScript module and the calls into it. */
final class ScriptModule implements AutoCloseable {
  private final PtSymbolBlock block;

  private ScriptModule(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * Loads an archive.
   *
   * @param manager owner of the module
   * @param archive bytes from {@link TorchScriptArchive}
   */
  static ScriptModule load(NDManager manager, byte[] archive) {
    try {
      return new ScriptModule(
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls a method that returns one tensor. */
  NDArray call(NDManager results, String method, Object... arguments) {
    return callList(results, method, arguments).get(0);
  }

  /**
   * Calls a method outside inference mode; the script itself switches gradients on and off. The
   * gradient mode of the thread is restored even after an exception in the script, which would
   * otherwise leave it on.
   *
   * @param results owner of the returned tensors
   * @param method name of the method
   * @param arguments tensors, or lists of tensors, in the order of the method's parameters
   * @throws ai.kale.error.InsufficientMemoryException if libtorch could not allocate memory
   */
  NDList callList(NDManager results, String method, Object... arguments) {
    NDList inputs = new NDList();
    NDArray tag = results.create(0f);
    tag.setName("module_method:" + method);
    inputs.add(tag);
    int lists = 0;
    for (Object argument : arguments) {
      if (argument instanceof List<?> list) {
        String name = "list" + lists++ + "[]";
        for (Object member : list) {
          NDArray array = (NDArray) member;
          array.setName(name);
          inputs.add(array);
        }
      } else {
        NDArray array = (NDArray) argument;
        array.setName(null);
        inputs.add(array);
      }
    }
    JniUtils.setGraphExecutorOptimize(false);
    boolean gradients = JniUtils.isGradMode();
    try {
      JniUtils.setGradMode(false);
      return IValueUtils.forward(block, inputs, true);
    } catch (RuntimeException e) {
      throw NativeMemory.explain(e, method, arguments);
    } finally {
      JniUtils.setGradMode(gradients);
      tag.close();
    }
  }

  @Override
  public void close() {
    block.close();
  }
}
