package ai.kale.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which release of this library runs, for provenance. */
public final class LibraryVersion {
  private static final String POM = "/META-INF/maven/ai.kale/kale-core/pom.properties";
  private static final String CURRENT = find();

  private LibraryVersion() {}

  /**
   * The version of the kale-core jar, from its manifest or else its {@code pom.properties}; {@code
   * "unknown"} where the classes do not come from that jar.
   */
  public static String current() {
    return CURRENT;
  }

  private static String find() {
    String manifest = LibraryVersion.class.getPackage().getImplementationVersion();
    if (manifest != null && !manifest.isBlank()) {
      return manifest;
    }
    try (InputStream in = LibraryVersion.class.getResourceAsStream(POM)) {
      if (in == null) {
        return "unknown";
      }
      Properties pom = new Properties();
      pom.load(in);
      return pom.getProperty("version", "unknown");
    } catch (IOException e) {
      // A jar that cannot be read has no version to tell; nothing depends on it.
      return "unknown";
    }
  }
}
