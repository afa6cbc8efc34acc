package ai.kale.teacher.openai;

import ai.kale.error.InvalidInputException;
import ai.kale.error.SetupException;
import ai.kale.run.AtomicFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of OpenAI's batch interface: requests out, results in. Uploading and fetching them is
 * left to the service's own tools. Each request has the body that the teacher would send; keys are
 * in no file. Files are written whole or not at all, and none is replaced.
 */
public final class BatchFiles {
  /** Most requests that the service takes in a file. */
  public static final int MOST_REQUESTS = 50_000;

  /** Most bytes that the service takes in a file: 200 MB. */
  public static final long MOST_BYTES = 200_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChatBody body;
  private final int mostRequests;
  private final long mostBytes;

  private BatchFiles(ChatBody body, int mostRequests, long mostBytes) {
    this.body = body;
    this.mostRequests = mostRequests;
    this.mostBytes = mostBytes;
  }

  /**
   * Files with the requests of a teacher.
   *
   * @param teacher its model and options; nothing is sent
   */
  public static BatchFiles of(OpenAiTeacher teacher) {
    return new BatchFiles(teacher.body(), MOST_REQUESTS, MOST_BYTES);
  }

  /**
   * With smaller files.
   *
   * @param requests most in a file, from 1 to {@link #MOST_REQUESTS}
   * @param bytes most in a file, from 1 to {@link #MOST_BYTES}
   */
  public BatchFiles withLimits(int requests, long bytes) {
    if (requests < 1 || requests > MOST_REQUESTS || bytes < 1 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a batch file holds 1 to 50,000 requests and at most 200 MB; got "
              + requests
              + " and "
              + bytes);
    }
    return new BatchFiles(body, requests, bytes);
  }

  /**
   * Writes requests into as few files as the limits allow, in order. Ids are kept in memory,
   * requests are not.
   *
   * @param folder must exist
   * @param prefix of the files' names: {@code prefix-00001.jsonl} and so on
   * @param requests gone through once
   * @return the files; none if there are no requests
   * @throws InvalidInputException if an id is blank or there twice, or one request is larger than a
   *     file may be; files before stay
   * @throws SetupException if a file is there already or cannot be written
   */
  public List<Path> write(Path folder, String prefix, Iterable<BatchRequest> requests) {
    List<Path> files = new ArrayList<>();
    Lines lines = new Lines(requests.iterator());
    while (lines.hasNext()) {
      Path file =
          folder.resolve(String.format(Locale.ROOT, "%s-%05d.jsonl", prefix, files.size() + 1));
      if (Files.exists(file)) {
        throw new SetupException(
            "the batch file " + file + " is there already; move it, or choose another prefix");
      }
      AtomicFiles.write(file, lines::fill);
      files.add(file);
    }
    return files;
  }

  /** The lines of all files, one of them looked at before it is written. */
  private final class Lines {
    private final Iterator<BatchRequest> requests;
    private final Set<String> ids = new HashSet<>();
    private byte @Nullable [] next;

    Lines(Iterator<BatchRequest> requests) {
      this.requests = requests;
    }

    boolean hasNext() {
      return next != null || requests.hasNext();
    }

    void fill(OutputStream out) throws IOException {
      long bytes = 0;
      for (int count = 0; count < mostRequests && hasNext(); count++) {
        byte[] line = next == null ? line(requests.next()) : next;
        if (bytes + line.length > mostBytes) {
          next = line;
          return;
        }
        next = null;
        bytes += line.length;
        out.write(line);
      }
    }

    private byte[] line(BatchRequest request) {
      if (request.customId().isBlank() || !ids.add(request.customId())) {
        throw new InvalidInputException(
            "the request '"
                + request.customId()
                + "' has an id that is blank or there twice; give"
                + " each request of a batch an id of its own");
      }
      ObjectNode line = JSON.createObjectNode();
      line.put("custom_id", request.customId()).put("method", "POST");
      line.put("url", "/v1/chat/completions").set("body", body.of(request.prompt()));
      byte[] bytes = (ChatBody.text(line) + "\n").getBytes(StandardCharsets.UTF_8);
      if (bytes.length > mostBytes) {
        throw new InvalidInputException(
            "the request '"
                + request.customId()
                + "' has "
                + bytes.length
                + " bytes, more than a batch file of at most "
                + mostBytes
                + "; shorten its prompt");
      }
      return bytes;
    }
  }

  /**
   * Reads an output or error file, line by line. The order is the service's; join by {@link
   * BatchResult#customId}.
   *
   * @param file as fetched from the service
   * @return the results; close it. Going through it throws {@link InvalidInputException}, with file
   *     and line, at a line that is not understood
   * @throws SetupException if the file cannot be opened
   */
  public static Stream<BatchResult> read(Path file) {
    return read(
        file,
        problem -> {
          throw problem;
        });
  }

  /**
   * Reads an output or error file, going on behind lines that are not understood.
   *
   * @param file as fetched from the service
   * @param problems gets the failure of each such line, with file and line
   * @return the results of the other lines; close it
   * @throws SetupException if the file cannot be opened
   */
  public static Stream<BatchResult> read(Path file, Consumer<InvalidInputException> problems) {
    BatchReader reader = new BatchReader(file, problems);
    return reader.lines().map(reader::result).flatMap(Optional::stream);
  }
}
