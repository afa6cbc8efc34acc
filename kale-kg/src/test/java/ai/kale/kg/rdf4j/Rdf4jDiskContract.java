package ai.kale.kg.rdf4j;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.IriGraphContract;
import ai.kale.kg.TempFolders;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainer;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.sail.Sail;
import org.eclipse.rdf4j.sail.memory.MemoryStore;

/** One store on disk for all tests of a class; each graph of a test is a named graph in it. */
abstract class Rdf4jDiskContract extends IriGraphContract {
  private static Path folder = Path.of("");
  private static Repository repository = new SailRepository(new MemoryStore());
  private static int graphs;

  abstract Sail store(Path data);

  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    if (graphs == 0) {
      folder = TempFolders.create();
      repository = new SailRepository(store(folder));
    }
    String name = "http://example.org/graph/" + ++graphs;
    Rdf4jStores.add(repository, triples, Rdf4jStores.iri(name));
    return Rdf4jKnowledgeGraph.of(repository, RdfStoreOptions.defaults().withGraphs(name));
  }

  @AfterContainer
  static void removeStore() {
    graphs = 0;
    repository.shutDown();
    TempFolders.delete(folder);
  }
}
