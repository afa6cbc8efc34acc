package ai.kale.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The snippets of a page are those that the classes named *SnippetsTest compile and run. */
class DocsInSyncTest {
  private static final Pattern IN_CODE =
      Pattern.compile("// snippet: (\\w+)\\n(.*?)\\n *// end\\n", Pattern.DOTALL);
  private static final Pattern IN_PAGE =
      Pattern.compile("<!-- snippet: (\\w+) -->\\n```java\\n(.*?)\\n```", Pattern.DOTALL);

  private static Map<String, String> snippets(Pattern pattern, String text) {
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      assertThat(found)
          .as("each snippet has a name of its own")
          .doesNotContainKey(matcher.group(1));
      found.put(matcher.group(1), matcher.group(2).stripTrailing().stripIndent());
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"knowledge-graphs.md, ai/kale/kg", "linking.md, ai/kale/kg/link"})
  void thePageShowsWhatIsTested(String name, String folder) throws IOException {
    Path module = Path.of(System.getProperty("basedir", "."));
    Set<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> classes =
        Files.newDirectoryStream(
            module.resolve("src/test/java").resolve(folder), "*SnippetsTest.java")) {
      classes.forEach(files::add);
    }
    StringBuilder code = new StringBuilder();
    for (Path file : files) {
      code.append(Files.readString(file));
    }
    String page = Files.readString(module.resolve("../docs").resolve(name));
    assertThat(snippets(IN_PAGE, page)).isNotEmpty().isEqualTo(snippets(IN_CODE, code.toString()));
  }

  @Test
  void aNameThatComesTwiceIsAnError() {
    String one = "// snippet: one\nint a;\n// end\n";
    assertThat(snippets(IN_CODE, one)).containsOnlyKeys("one");
    assertThatThrownBy(() -> snippets(IN_CODE, one + one))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a name of its own");
  }
}
