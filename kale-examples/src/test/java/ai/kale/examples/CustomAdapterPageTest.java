package ai.kale.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Java code of docs/custom-adapter.md is that of the outside project, line by line; only the
 * indentation differs.
 */
class CustomAdapterPageTest {
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

  private static List<String> outsideProject() throws IOException {
    try (Stream<Path> files =
        Files.list(MODULE.resolve("src/it/consumer/src/test/java/consumer"))) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        texts.add(unindented(Files.readString(file)));
      }
      return texts;
    }
  }

  private static String unindented(String text) {
    return text.lines().map(line -> line.stripLeading() + "\n").collect(Collectors.joining());
  }

  @Test
  void everyBlockStandsInTheOutsideProject() throws IOException {
    String page = Files.readString(MODULE.resolve("../docs/custom-adapter.md"));
    List<String> code = outsideProject();
    Matcher block = BLOCK.matcher(page);
    int blocks = 0;
    while (block.find()) {
      String lines = unindented(block.group(1));
      assertThat(code).as("a file with this block:\n%s", lines).anyMatch(f -> f.contains(lines));
      blocks++;
    }
    assertThat(blocks).isGreaterThanOrEqualTo(8);
  }
}
