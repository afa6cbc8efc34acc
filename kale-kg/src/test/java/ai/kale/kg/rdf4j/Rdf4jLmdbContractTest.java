package ai.kale.kg.rdf4j;

import java.nio.file.Path;
import org.eclipse.rdf4j.sail.Sail;
import org.eclipse.rdf4j.sail.lmdb.LmdbStore;
import org.eclipse.rdf4j.sail.lmdb.config.LmdbStoreConfig;

class Rdf4jLmdbContractTest extends Rdf4jDiskContract {
  @Override
  Sail store(Path data) {
    return new LmdbStore(data.toFile(), new LmdbStoreConfig("spoc,posc,ospc"));
  }
}
