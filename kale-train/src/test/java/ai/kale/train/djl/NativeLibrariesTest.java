package ai.kale.train.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The advice where libtorch is missing. */
class NativeLibrariesTest {
  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,linux-x86_64",
    "Linux,aarch64,linux-aarch64",
    "Mac OS X,aarch64,osx-aarch64",
    "Windows 11,amd64,win-x86_64"
  })
  void namesTheArtifactsOfThePlatform(String os, String architecture, String classifier) {
    assertThat(NativeLibraries.message(os, architecture, resource -> false))
        .contains("ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1 (missing, add it)")
        .contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1:" + classifier + " (missing, add it)");
  }

  @Test
  void saysWhichOneIsThere() {
    assertThat(NativeLibraries.message("Linux", "amd64", NativeLibraries.JNI_RESOURCE::equals))
        .contains("pytorch-jni:2.7.1-0.35.1 (found)")
        .contains("linux-x86_64 (missing, add it)");
  }

  @ParameterizedTest
  @CsvSource({"Mac OS X,x86_64", "SunOS,sparcv9", "Linux,riscv64"})
  void offersAWayOutWhereThereIsNoArtifact(String os, String architecture) {
    assertThat(NativeLibraries.message(os, architecture, resource -> false))
        .contains(os)
        .contains("PYTORCH_LIBRARY_PATH");
  }

  @Test
  void theResourcesAreWhereTheProbeLooks() {
    NativeLibraries.load();
    ClassLoader loader = NativeLibraries.class.getClassLoader();
    assertThat(loader.getResource(NativeLibraries.JNI_RESOURCE)).isNotNull();
    assertThat(loader.getResource(NativeLibraries.NATIVE_RESOURCE)).isNotNull();
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void theNamedVersionsAreTheTestedOnes() throws IOException {
    String message = NativeLibraries.message("Linux", "amd64", resource -> true);
    assertThat(message)
        .contains("pytorch-jni:" + property(NativeLibraries.JNI_RESOURCE, "jni_version"));
    String libtorch = property(NativeLibraries.NATIVE_RESOURCE, "version").replaceAll("-.*", "");
    assertThat(message).contains("pytorch-native-cpu:" + libtorch + ":");
  }

  private static String property(String resource, String key) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
      properties.load(in);
    }
    return properties.getProperty(key, "");
  }
}
