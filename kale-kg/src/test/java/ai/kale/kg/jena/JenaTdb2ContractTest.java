package ai.kale.kg.jena;

import ai.kale.KnowledgeGraph;
import ai.kale.kg.IriGraphContract;
import ai.kale.kg.rdf.RdfStoreOptions;
import java.util.List;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.query.Dataset;
import org.apache.jena.tdb2.TDB2Factory;

/**
 * TDB2 with its files in memory, because each commit to disk waits for it; {@link
 * JenaKnowledgeGraphTest} has one on disk.
 */
class JenaTdb2ContractTest extends IriGraphContract {
  @Override
  protected KnowledgeGraph create(List<String[]> triples) {
    Dataset dataset = TDB2Factory.connectDataset(Location.mem());
    JenaStores.add(dataset, "", triples);
    return JenaKnowledgeGraph.of(dataset, RdfStoreOptions.defaults().withGraphs(""));
  }
}
