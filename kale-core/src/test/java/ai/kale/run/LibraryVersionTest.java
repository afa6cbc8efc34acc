package ai.kale.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryVersionTest {
  private static final String CLASS = "ai/kale/run/LibraryVersion.class";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void theManifestOfTheJarSaysIt() throws Exception {
    assertThat(versionIn(Map.of("Implementation-Version", "1.2.3"), "")).isEqualTo("1.2.3");
  }

  @Test
  void elseItsPomDoes() throws Exception {
    assertThat(versionIn(Map.of(), "version=4.5.6\n")).isEqualTo("4.5.6");
  }

  @Test
  void elseItIsUnknown() throws Exception {
    assertThat(versionIn(Map.of(), "")).isEqualTo("unknown");
    assertThat(LibraryVersion.current()).isNotBlank();
  }

  private String versionIn(Map<String, String> attributes, String pom) throws Exception {
    Path jar = folder.resolve("kale.jar");
    write(jar, attributes, pom);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      return (String)
          loader.loadClass(LibraryVersion.class.getName()).getMethod("current").invoke(null);
    }
  }

  private static void write(Path jar, Map<String, String> attributes, String pom)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream code = LibraryVersion.class.getResourceAsStream("/" + CLASS)) {
      entries.putNextEntry(new JarEntry(CLASS));
      entries.write(Objects.requireNonNull(code).readAllBytes());
      if (!pom.isEmpty()) {
        entries.putNextEntry(new JarEntry("META-INF/maven/ai.kale/kale-core/pom.properties"));
        entries.write(pom.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
