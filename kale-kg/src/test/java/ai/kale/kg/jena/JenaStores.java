package ai.kale.kg.jena;

import java.util.List;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.system.Txn;

/** Datasets with a few triples. */
final class JenaStores {
  private JenaStores() {}

  static Dataset memory(List<String[]> triples) {
    Dataset dataset = DatasetFactory.createTxnMem();
    add(dataset, "", triples);
    return dataset;
  }

  static void add(Dataset dataset, String graph, List<String[]> triples) {
    Txn.executeWrite(
        dataset,
        () -> {
          DatasetGraph quads = dataset.asDatasetGraph();
          for (String[] triple : triples) {
            quads.add(
                graph.isEmpty() ? Quad.defaultGraphIRI : NodeFactory.createURI(graph),
                NodeFactory.createURI(triple[0]),
                NodeFactory.createURI(triple[1]),
                NodeFactory.createURI(triple[2]));
          }
        });
  }

  static void addInTransaction(Dataset dataset, String subject, String predicate, String object) {
    dataset
        .asDatasetGraph()
        .add(
            Quad.defaultGraphIRI,
            NodeFactory.createURI(subject),
            NodeFactory.createURI(predicate),
            NodeFactory.createURI(object));
  }
}
