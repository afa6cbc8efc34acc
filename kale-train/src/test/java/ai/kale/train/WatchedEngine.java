package ai.kale.train;

import ai.kale.spi.tensor.EngineOptions;
import ai.kale.spi.tensor.TensorEngine;
import ai.kale.spi.tensor.TensorModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** An engine whose models' calls go through a hand of the test. */
record WatchedEngine(TensorEngine engine, Hand hand) implements TensorEngine {
  /** Does a call, or something else. */
  interface Hand {
    Object on(String method, Object[] arguments, Callable<Object> call) throws Exception;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public TensorModel open(Path checkpoint, EngineOptions options) {
    TensorModel model = engine.open(checkpoint, options);
    return (TensorModel)
        Proxy.newProxyInstance(
            TensorModel.class.getClassLoader(),
            new Class<?>[] {TensorModel.class},
            (proxy, method, arguments) -> {
              try {
                Object[] given = arguments == null ? new Object[0] : arguments;
                return hand.on(method.getName(), given, () -> method.invoke(model, given));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
