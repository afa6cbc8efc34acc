package ai.kale.dataset;

import ai.kale.data.Question;
import ai.kale.jsonl.Fields;
import ai.kale.jsonl.JsonObjects;
import java.nio.file.Path;
import java.util.List;

/** Questions made of the JSON objects of a file. */
final class JsonStream extends SourceStream {
  /** Makes questions of one object. One instance reads one file. */
  interface Decoder {
    /**
     * At least one question.
     *
     * @param fields the object
     * @param id for sets whose questions have none: the file's name and the number of the object
     */
    List<Question> decode(Fields fields, String id);

    /** Called at the end of the file. */
    default void end(String source) {}
  }

  private final String source;
  private final String name;
  private final JsonObjects objects;
  private final Decoder decoder;
  private long count;

  JsonStream(Path file, JsonObjects objects, Decoder decoder) {
    this.source = file.toString();
    this.name = FileNames.base(file);
    this.objects = objects;
    this.decoder = decoder;
  }

  @Override
  List<Question> more() {
    count++;
    inRecord(objects.byLine());
    if (!objects.hasNext()) {
      inRecord(false);
      decoder.end(source);
      return List.of();
    }
    Fields fields = objects.next();
    inRecord(true);
    String number = objects.key().isEmpty() ? Long.toString(count) : objects.key();
    return decoder.decode(fields, name + "-" + number);
  }

  @Override
  long position() {
    return objects.line();
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public void close() {
    objects.close();
  }
}
