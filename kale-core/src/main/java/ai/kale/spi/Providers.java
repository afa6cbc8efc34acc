package ai.kale.spi;

import ai.kale.KnowledgeGraph;
import ai.kale.error.SetupException;
import ai.kale.spi.tensor.TensorEngine;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Finds implementations on the class path with {@link ServiceLoader}. Discovery is a convenience:
 * every API that uses it also takes an instance, and a given instance always wins.
 */
public final class Providers {
  private Providers() {}

  /**
   * The only tensor engine on the class path.
   *
   * @return the engine
   * @throws SetupException if there is none, or more than one to choose from
   */
  public static TensorEngine tensorEngine() {
    List<TensorEngine> found = all(TensorEngine.class, TensorEngine::name);
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new SetupException(
          "no tensor engine on the class path; add ai.kale:kale-train, or pass a TensorEngine");
    }
    throw new SetupException(
        "several tensor engines on the class path ("
            + String.join(", ", found.stream().map(TensorEngine::name).toList())
            + "); choose one with Providers.tensorEngine(name), or pass a TensorEngine");
  }

  /**
   * A tensor engine by name.
   *
   * @param name its {@link TensorEngine#name}
   * @return the engine
   * @throws SetupException if there is none of that name
   */
  public static TensorEngine tensorEngine(String name) {
    return named(TensorEngine.class, TensorEngine::name, name);
  }

  /**
   * A teacher provider by name.
   *
   * @param name its {@link TeacherProvider#name}
   * @return the provider
   * @throws SetupException if there is none of that name
   */
  public static TeacherProvider teacher(String name) {
    return named(TeacherProvider.class, TeacherProvider::name, name);
  }

  /**
   * Opens a graph with the provider made for its location. The messages of this method show a
   * location without user info, query and fragment, which may hold secrets; of an opaque one
   * ({@code scheme:text}) they show the scheme.
   *
   * @param location for example the URI of a {@code .nt} or {@code .tsv} file
   * @return the graph; close it
   * @throws SetupException if no provider, or more than one, accepts the location
   */
  public static KnowledgeGraph openGraph(URI location) {
    List<GraphProvider> found =
        all(GraphProvider.class, GraphProvider::name).stream()
            .filter(provider -> provider.accepts(location))
            .toList();
    if (found.size() == 1) {
      return found.get(0).open(location);
    }
    String names =
        String.join(
            ", ",
            all(GraphProvider.class, GraphProvider::name).stream()
                .map(GraphProvider::name)
                .toList());
    throw new SetupException(
        (found.isEmpty() ? "no graph provider" : "more than one graph provider")
            + " accepts "
            + shown(location)
            + "; on the class path: "
            + (names.isEmpty() ? "none, add ai.kale:kale-kg" : names));
  }

  /** A location without what may be secret: user info, query, fragment, all of an opaque one. */
  private static String shown(URI location) {
    String scheme = location.getScheme() == null ? "" : location.getScheme() + ":";
    if (location.isOpaque()) {
      return scheme + "…";
    }
    String authority = location.getRawAuthority();
    return scheme
        + (authority == null ? "" : "//" + authority.substring(authority.lastIndexOf('@') + 1))
        + location.getRawPath();
  }

  private static <T> T named(Class<T> type, Function<T, String> nameOf, String name) {
    List<T> all = all(type, nameOf);
    return all.stream()
        .filter(candidate -> nameOf.apply(candidate).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SetupException(
                    "no "
                        + type.getSimpleName()
                        + " named '"
                        + name
                        + "' on the class path; found: "
                        + String.join(", ", all.stream().map(nameOf).toList())));
  }

  private static <T> List<T> all(Class<T> type, Function<T, String> nameOf) {
    List<T> found = new ArrayList<>();
    ServiceLoader.load(type).forEach(found::add);
    found.sort(Comparator.comparing(nameOf));
    return found;
  }
}
