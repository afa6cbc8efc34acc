package ai.kale.kg.io;

import ai.kale.KnowledgeGraph;
import ai.kale.spi.GraphProvider;
import java.net.URI;
import java.nio.file.Path;

/**
 * Opens {@code file:} locations that end in {@code .nt}, {@code .tsv} or {@code .txt}, possibly
 * followed by {@code .gz}, with the default options.
 */
public final class FileGraphProvider implements GraphProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public FileGraphProvider() {}

  @Override
  public String name() {
    return "files";
  }

  @Override
  public boolean accepts(URI location) {
    return "file".equalsIgnoreCase(location.getScheme())
        && location.getPath() != null
        && TripleFiles.kind(location.getPath()) != TripleFiles.Kind.UNKNOWN;
  }

  @Override
  public KnowledgeGraph open(URI location) {
    return TripleFiles.load(Path.of(location), LoadOptions.defaults()).graph();
  }
}
