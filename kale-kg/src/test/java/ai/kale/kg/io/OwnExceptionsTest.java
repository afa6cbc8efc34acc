package ai.kale.kg.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.kg.KnowledgeGraphs;
import ai.kale.run.CancellationToken;
import ai.kale.run.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.RDFHandler;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on our side of a parser is not blamed on the file. */
class OwnExceptionsTest {
  private static final String GOOD = "<http://x/a> <http://x/p> <http://x/b> .";
  private final TestFiles files;

  OwnExceptionsTest(@TempDir Path folder) {
    this.files = new TestFiles(folder);
  }

  @Test
  void anExceptionOfAListenerComesOutAsItIs() throws IOException {
    StringBuilder xml =
        new StringBuilder(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='http://x/'>");
    for (int i = 0; i < 20_000; i++) {
      xml.append("<x:T rdf:about='http://x/").append(i).append("'/>\n");
    }
    List<Path> all =
        List.of(
            files.file("a.ttl", GOOD),
            files.file("a.trig", GOOD),
            files.file("a.rdf", xml.append("</rdf:RDF>").toString()),
            files.file("a.nt", (GOOD + "\n").repeat(20_000)),
            files.file("a.tsv", "a\tr\tb\n".repeat(20_000)),
            files.file("a.csv", "subject,relation,object", "a,r,b"));
    for (RuntimeException bug :
        List.of(new IllegalArgumentException("total<0"), new IndexOutOfBoundsException("bar"))) {
      LoadOptions options =
          LoadOptions.defaults()
              .withBadInput(BadInputPolicy.skip(100))
              .withContext(
                  new RunContext(
                      progress -> {
                        throw bug;
                      },
                      new CancellationToken()));
      for (Path file : all) {
        assertThatThrownBy(() -> KnowledgeGraphs.load(file, options))
            .as(file.toString())
            .isSameAs(bug);
      }
    }
  }

  /** A screen that fails at lines that hold some text, and leaves the others to the parser. */
  private record FailingScreen(RuntimeException bug, boolean atFlush) implements LineScreen {
    @Override
    public boolean take(ByteLines lines) {
      if (!atFlush) {
        throw bug;
      }
      return false;
    }

    @Override
    public void flush() {
      if (atFlush) {
        throw bug;
      }
    }
  }

  @Test
  void aBugOfTheGraphInTheMakingIsNoMalformedLine() throws IOException {
    RuntimeException bug = new IndexOutOfBoundsException("bug");
    RDFHandler failing =
        new AbstractRDFHandler() {
          @Override
          public void handleStatement(Statement statement) {
            throw bug;
          }
        };
    Path file = files.file("a.nt", GOOD, GOOD);
    LoadOptions skip = LoadOptions.defaults().withBadInput(BadInputPolicy.skip(100));
    for (boolean atFlush : new boolean[] {false, true}) {
      LoadSession session = new LoadSession(skip, false);
      session.start(file);
      RdfLines lines = new RdfLines(RdfFormat.NTRIPLES, session);
      LineScreen screen = new FailingScreen(bug, atFlush);
      assertThatThrownBy(() -> lines.read(file, screen, at -> failing)).isSameAs(bug);
    }
    LoadSession session = new LoadSession(skip, false);
    session.start(file);
    LineScreen idle =
        new LineScreen() {
          @Override
          public boolean take(ByteLines lines) {
            return false;
          }

          @Override
          public void flush() {
            // Nothing is held back.
          }
        };
    RdfLines lines = new RdfLines(RdfFormat.NTRIPLES, session);
    assertThatThrownBy(() -> lines.read(file, idle, at -> failing)).isSameAs(bug);
  }
}
