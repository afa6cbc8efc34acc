package ai.kale.kg.sparql;

import ai.kale.kg.remote.RemoteOptions;

/**
 * The contract in pages of 3 rows and batches of 2 entities, so that nearly all answers are cut.
 */
class SparqlPagedContractTest extends SparqlContractTest {
  @Override
  SparqlKnowledgeGraphBuilder options(SparqlKnowledgeGraphBuilder builder) {
    return builder.pageSize(3).options(RemoteOptions.defaults().withBatchSize(2));
  }
}
