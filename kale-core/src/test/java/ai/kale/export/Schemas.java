package ai.kale.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas of the test resources. */
final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Schemas() {}

  static void assertValid(String name, JsonNode node) {
    assertThat(schema(name).validate(node)).as("%s of %s", name, node).isEmpty();
  }

  static Schema schema(String name) {
    return SCHEMAS.computeIfAbsent(name, Schemas::load);
  }

  private static Schema load(String name) {
    String file = name + ".schema.json";
    InputStream in = Schemas.class.getResourceAsStream(file);
    return REGISTRY.getSchema(Objects.requireNonNull(in, file));
  }
}
