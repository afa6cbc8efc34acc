package ai.kale.examples.bench.data;

import ai.kale.examples.bench.data.DataSet.FileHash;
import ai.kale.examples.bench.data.DataSet.Manifest;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** Writes the files of a data set in one pass over its triples. */
final class DataWriter {
  private static final String ENTITY = "<http://www.wikidata.org/entity/Q";
  private static final String RELATION = "<http://www.wikidata.org/prop/direct/P";

  private final DataSet data;
  private final GraphSpec spec;
  private final BitSet seen = new BitSet();

  DataWriter(DataSet data, GraphSpec spec) {
    this.data = data;
    this.spec = spec;
  }

  Manifest write(int version) throws IOException {
    TripleKeys keys = TripleKeys.draw(spec);
    try (HashedText tsv = new HashedText(data.tsv());
        HashedText ntriples = new HashedText(data.ntriples());
        DataOutputStream entities = open(data.entityFile())) {
      for (int i = 0; i < spec.triples(); i++) {
        int subject = keys.subject(i);
        int object = keys.object(i);
        int from = spec.entityNumber(subject);
        int relation = spec.relationNumber(keys.relation(i));
        int to = spec.entityNumber(object);
        tsv.add("Q").add(from).add("\tP").add(relation).add("\tQ").add(to).add("\n");
        ntriples.add(ENTITY).add(from).add("> ").add(RELATION).add(relation).add("> ");
        ntriples.add(ENTITY).add(to).add("> .\n");
        meet(subject, from, entities);
        meet(object, to, entities);
      }
      FileHash tsvHash = tsv.finish();
      FileHash ntriplesHash = ntriples.finish();
      return new Manifest(version, spec, seen.cardinality(), tsvHash, ntriplesHash);
    }
  }

  private void meet(int entity, int number, DataOutputStream entities) throws IOException {
    if (!seen.get(entity)) {
      seen.set(entity);
      entities.writeInt(number);
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
  }
}
