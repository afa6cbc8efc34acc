package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.JsonlReader;
import ai.kale.jsonl.QuestionFiles;
import java.nio.file.Path;
import java.util.List;

/** This library's own question files, and plain ones. */
final class PlainStream extends SourceStream {
  private final String source;
  private final JsonlReader<Question> reader;

  PlainStream(Path file) {
    this.source = file.toString();
    this.reader = QuestionFiles.open(file);
  }

  @Override
  List<Question> more() {
    inRecord(true);
    return reader.hasNext() ? List.of(reader.next()) : List.of();
  }

  @Override
  long position() {
    return reader.line();
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public void close() {
    reader.close();
  }
}
