package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Lines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Questions of which each is one line of text. */
abstract class TextLinesStream extends SourceStream {
  final Path file;
  final Lines lines;
  private final String name;

  TextLinesStream(Path file) {
    this.file = file;
    this.lines = Lines.open(file);
    this.name = FileNames.base(file);
  }

  abstract Question decode(String text, String id);

  /** Called at the end of the file. */
  void end() {}

  @Override
  final List<Question> more() {
    inRecord(false);
    Optional<String> text = lines.nextLine();
    if (text.isEmpty()) {
      end();
      return List.of();
    }
    inRecord(true);
    return List.of(decode(text.get(), name + "-" + lines.number()));
  }

  @Override
  final long position() {
    return lines.number();
  }

  @Override
  public final String source() {
    return lines.source();
  }

  @Override
  public void close() {
    lines.close();
  }
}
