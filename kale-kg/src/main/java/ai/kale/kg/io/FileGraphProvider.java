package ai.kale.kg.io;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.KnowledgeGraphs;
import ai.kale.spi.GraphProvider;
import java.net.URI;
import java.nio.file.Path;

/**
 * Opens {@code file:} locations by the suffixes that {@link TripleFiles} knows, each possibly
 * followed by {@code .gz} or {@code .bz2}, with the default options; and graph files, {@code .kg}.
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
        && (TripleFiles.isGraphFile(location.getPath())
            || TripleFiles.find(location.getPath()).isPresent());
  }

  @Override
  public KnowledgeGraph open(URI location) {
    return KnowledgeGraphs.read(Path.of(location));
  }
}
