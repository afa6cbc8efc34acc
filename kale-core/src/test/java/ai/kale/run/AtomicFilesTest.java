package ai.kale.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void replacesTheWholeFile() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeString(file, "long old content");
    AtomicFiles.writeString(file, "new ż");
    assertThat(file).hasContent("new ż");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aFullDiskLeavesTheOldFileAndNoTemporaryOne() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeString(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("No space left on device");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      throw new UncheckedIOException(new IOException("Disk quota exceeded"));
                    }))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("Disk quota exceeded");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void whatTheContentThrowsIsPassedOn() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    folder.resolve("a"),
                    out -> {
                      throw new IllegalStateException("boom");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
    assertThat(names()).isEmpty();
  }

  @Test
  void namesAMissingFolderAndRefusesAFolderAsTarget() {
    Path lost = folder.resolve("no/such/file");
    assertThatThrownBy(() -> AtomicFiles.writeString(lost, "x"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(lost.toString())
        .hasMessageContaining("Check that the folder exists");
    assertThatThrownBy(() -> AtomicFiles.writeString(folder, "x"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("not a plain file");
  }

  @Test
  void anInterruptedThreadFinishesItsFileAndStaysInterrupted() throws IOException {
    Path file = folder.resolve("a.txt");
    try {
      AtomicFiles.write(
          file,
          out -> {
            out.write("half ".getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.currentThread().interrupt();
            out.write("whole".getBytes(StandardCharsets.UTF_8));
          });
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("half whole");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aSymbolicLinkIsFollowed() throws IOException {
    Path real = folder.resolve("real");
    AtomicFiles.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    AtomicFiles.writeString(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
