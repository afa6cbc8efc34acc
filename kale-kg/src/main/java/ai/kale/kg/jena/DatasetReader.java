package ai.kale.kg.jena;

import ai.kale.kg.rdf.RdfStatement;
import ai.kale.kg.rdf.StatementReader;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;

/** Reads some graphs of a dataset; any of them is {@link Node#ANY} for all. */
record DatasetReader(DatasetGraph quads, List<Node> graphs) implements StatementReader {
  @Override
  public void find(
      String subject, String predicate, String object, Predicate<RdfStatement> visitor) {
    Node s = subject.isEmpty() ? Node.ANY : JenaTerms.node(subject);
    Node p = predicate.isEmpty() ? Node.ANY : JenaTerms.node(predicate);
    Node o = object.isEmpty() ? Node.ANY : JenaTerms.node(object);
    if (s == null || p == null || o == null || s.isLiteral()) {
      return;
    }
    for (Node graph : graphs) {
      Iterator<Quad> found = quads.find(graph, s, p, o);
      try {
        while (found.hasNext()) {
          if (!visitor.test(JenaTerms.statement(found.next()))) {
            return;
          }
        }
      } finally {
        Iter.close(found);
      }
    }
  }
}
