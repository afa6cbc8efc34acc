package ai.kale.kg.rdf4j;

import java.util.List;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.RepositoryConnection;
import org.eclipse.rdf4j.repository.sail.SailRepository;
import org.eclipse.rdf4j.sail.memory.MemoryStore;

/** Stores with a few triples. */
final class Rdf4jStores {
  static final ValueFactory VALUES = SimpleValueFactory.getInstance();

  private Rdf4jStores() {}

  static Repository memory(List<String[]> triples) {
    Repository repository = new SailRepository(new MemoryStore());
    add(repository, triples);
    return repository;
  }

  static void add(Repository repository, List<String[]> triples, Resource... contexts) {
    try (RepositoryConnection connection = repository.getConnection()) {
      connection.begin();
      for (String[] triple : triples) {
        connection.add(iri(triple[0]), iri(triple[1]), iri(triple[2]), contexts);
      }
      connection.commit();
    }
  }

  static IRI iri(String text) {
    return VALUES.createIRI(text);
  }
}
