package ai.kale.kg.jena;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.IriGraphContract;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.query.Dataset;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.system.Txn;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

class JenaMemoryContractTest extends IriGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    return JenaKnowledgeGraph.of(
        JenaStores.memory(triples), RdfStoreOptions.defaults().withClosing(true));
  }

  @Override
  protected Optional<KnowledgeGraph> createNamed(
      List<String[]> triples, Map<String, List<String>> names) {
    Dataset dataset = JenaStores.memory(triples);
    Txn.executeWrite(
        dataset,
        () ->
            names.forEach(
                (id, own) -> {
                  Resource resource = dataset.getDefaultModel().createResource(id);
                  resource.addProperty(RDFS.label, own.get(0), "en");
                  own.stream()
                      .skip(1)
                      .forEach(alias -> resource.addProperty(SKOS.altLabel, alias, "en"));
                }));
    return Optional.of(JenaKnowledgeGraph.of(dataset));
  }
}
