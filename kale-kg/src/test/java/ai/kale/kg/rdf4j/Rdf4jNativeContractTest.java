package ai.kale.kg.rdf4j;

import java.nio.file.Path;
import org.eclipse.rdf4j.sail.Sail;
import org.eclipse.rdf4j.sail.nativerdf.NativeStore;

class Rdf4jNativeContractTest extends Rdf4jDiskContract {
  @Override
  Sail store(Path data) {
    return new NativeStore(data.toFile(), "spoc,posc,ospc");
  }
}
