package ai.kale.kg.rdf4j;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.IriGraphContract;
import ai.kale.kg.rdf.NameProperties;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.rdf4j.repository.Repository;
import org.eclipse.rdf4j.repository.RepositoryConnection;

class Rdf4jMemoryContractTest extends IriGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return Rdf4jKnowledgeGraph.of(
        Rdf4jStores.memory(triples), RdfStoreOptions.defaults().withClosing(true));
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    Repository repository = Rdf4jStores.memory(triples);
    try (RepositoryConnection connection = repository.getConnection()) {
      names.forEach(
          (id, own) -> {
            for (int i = 0; i < own.size(); i++) {
              String property = i == 0 ? NameProperties.RDFS_LABEL : NameProperties.ALT_LABEL;
              connection.add(
                  Rdf4jStores.iri(id),
                  Rdf4jStores.iri(property),
                  Rdf4jStores.VALUES.createLiteral(own.get(i), "en"));
            }
          });
    }
    return Optional.of(Rdf4jKnowledgeGraph.of(repository));
  }
}
