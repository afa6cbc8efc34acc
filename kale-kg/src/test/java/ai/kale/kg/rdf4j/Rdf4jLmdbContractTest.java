package ai.kale.kg.rdf4j;

import java.nio.file.Path;
import org.eclipse.rdf4j.sail.Sail;
import org.eclipse.rdf4j.sail.lmdb.LmdbStore;

class Rdf4jLmdbContractTest extends Rdf4jDiskContract {
  @Override
  Sail store(Path data) {
    return new LmdbStore(data.toFile());
  }
}
