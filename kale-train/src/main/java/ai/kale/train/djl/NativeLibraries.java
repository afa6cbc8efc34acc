package ai.kale.train.djl;

import ai.djl.engine.Engine;
import ai.kale.error.SetupException;
import java.net.URL;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Loads libtorch once, without network access, and says what to add where it is missing. */
final class NativeLibraries {
  /** System property: libtorch threads inside one operation; 1 unless set. */
  static final String THREADS_PROPERTY = "kale.torch.threads";

  static final String NATIVE_RESOURCE = "native/lib/pytorch.properties";
  static final String JNI_RESOURCE = "jnilib/pytorch.properties";

  private static final String ENGINE = "PyTorch";
  private static final String DJL_THREADS = "ai.djl.pytorch.num_threads";
  static final String LIBTORCH_VERSION = "2.7.1";
  private static final String JNI_VERSION = "2.7.1-0.35.1";

  private NativeLibraries() {}

  /**
   * The engine, its native libraries loaded.
   *
   * @throws SetupException if they are missing or cannot be loaded; names the artifacts to add
   */
  static Engine load() {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet(DJL_THREADS, System.getProperty(THREADS_PROPERTY, "1"));
    try {
      return Engine.getEngine(ENGINE);
    } catch (RuntimeException | LinkageError e) {
      String os = System.getProperty("os.name", "");
      String architecture = System.getProperty("os.arch", "");
      throw new SetupException(
          message(os, architecture, NativeLibraries::isOnClassPath) + " Cause: " + rootMessage(e),
          e);
    }
  }

  /** Threads inside one operation, as libtorch was told when it was loaded. */
  static String threads() {
    return System.getProperty(DJL_THREADS, "unknown");
  }

  /**
   * What to say where loading failed.
   *
   * @param os value of {@code os.name}
   * @param architecture value of {@code os.arch}
   * @param onClassPath whether a resource is on the class path
   */
  static String message(String os, String architecture, Predicate<String> onClassPath) {
    String classifier = classifier(os, architecture);
    if (classifier == null) {
      return "libtorch cannot be loaded: there are no native libraries for "
          + os
          + " on "
          + architecture
          + "; use linux-x86_64, linux-aarch64, osx-aarch64 or win-x86_64, or set the environment"
          + " variable PYTORCH_LIBRARY_PATH to an installed libtorch "
          + LIBTORCH_VERSION
          + ".";
    }
    String jni = "ai.djl.pytorch:pytorch-jni:" + JNI_VERSION;
    String torch = "ai.djl.pytorch:pytorch-native-cpu:" + LIBTORCH_VERSION + ":" + classifier;
    return "libtorch cannot be loaded. These artifacts must be on the class path (group:artifact:"
        + "version:classifier): "
        + jni
        + (onClassPath.test(JNI_RESOURCE) ? " (found)" : " (missing, add it)")
        + " and "
        + torch
        + (onClassPath.test(NATIVE_RESOURCE) ? " (found)" : " (missing, add it)")
        + ".";
  }

  /** The classifier of the native artifact, or null where there is none for the platform. */
  static @Nullable String classifier(String os, String architecture) {
    String system = os.toLowerCase(Locale.ROOT);
    String machine = architecture.toLowerCase(Locale.ROOT);
    boolean intel = machine.equals("amd64") || machine.equals("x86_64");
    boolean arm = machine.equals("aarch64") || machine.equals("arm64");
    if (system.startsWith("linux") && (intel || arm)) {
      return intel ? "linux-x86_64" : "linux-aarch64";
    }
    if (system.startsWith("mac") && arm) {
      return "osx-aarch64";
    }
    if (system.startsWith("windows") && intel) {
      return "win-x86_64";
    }
    return null;
  }

  private static boolean isOnClassPath(String resource) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    URL url = context == null ? null : context.getResource(resource);
    return url != null || NativeLibraries.class.getClassLoader().getResource(resource) != null;
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.toString();
  }
}
