package ai.kale.teacher.openai;

import ai.kale.error.InvalidInputException;
import ai.kale.error.KaleException;
import ai.kale.error.SetupException;
import ai.kale.error.TransientFailureException;
import ai.kale.spi.TeacherModel.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads one file of results. */
final class BatchReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Redactor NOTHING_SECRET = new Redactor(List.of());

  private final Path file;
  private final Consumer<InvalidInputException> problems;
  private long number;

  BatchReader(Path file, Consumer<InvalidInputException> problems) {
    this.file = file;
    this.problems = problems;
  }

  Stream<String> lines() {
    if (Files.isDirectory(file)) {
      throw new SetupException("the batch file " + file + " is a folder; give the files in it");
    }
    try {
      // Bytes that are no UTF-8 become replacement characters, and spoil their line only.
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
      return reader.lines().onClose(() -> close(reader));
    } catch (IOException e) {
      throw new SetupException("cannot read the batch file " + file + " (" + e + ")", e);
    }
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result in a line; empty if it is blank or was handed to the problems. */
  Optional<BatchResult> result(String line) {
    number++;
    if (line.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(understood(line));
    } catch (InvalidInputException e) {
      problems.accept(e);
      return Optional.empty();
    }
  }

  private BatchResult understood(String line) {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw problem("is cut or no JSON: " + Shown.line(e.getOriginalMessage(), NOTHING_SECRET));
    }
    String id = tree.path("custom_id").asText("");
    if (id.isBlank()) {
      throw problem("has no custom_id");
    }
    JsonNode response = tree.path("response");
    if (!response.isObject()) {
      return failed(id, unanswered(id, tree.path("error")));
    }
    int status = response.path("status_code").asInt(0);
    if (status == 0) {
      throw problem("has a response without status_code");
    }
    JsonNode body = response.path("body");
    ErrorStatus errors = new ErrorStatus("batch request " + id, NOTHING_SECRET);
    if (status < 200 || status > 299) {
      return failed(id, errors.of(status, ChatBody.text(body), Optional.empty()));
    }
    if (Completion.isBroken(body)) {
      String said = "batch request " + id + " broke off its reply (finish_reason is error): ";
      String why = Shown.line(Completion.problem(body), NOTHING_SECRET);
      return failed(id, new TransientFailureException(said + why + "; put it into another batch"));
    }
    JsonNode error = body.path("error");
    if ((error.isObject() || error.isTextual()) && !body.has("choices")) {
      return failed(id, errors.inReply(body));
    }
    Reply reply =
        Completion.reply(body, NOTHING_SECRET)
            .orElseThrow(() -> problem("has a reply without choices[0].message.content"));
    return new BatchResult(id, Optional.of(reply), Optional.empty());
  }

  /** A request that never got to the model: the batch expired, was cancelled, or broke. */
  private KaleException unanswered(String id, JsonNode error) {
    if (!error.isObject()) {
      throw problem("has neither a response nor an error");
    }
    String said = error.path("code").asText("") + " " + error.path("message").asText("");
    return new TransientFailureException(
        "batch request "
            + id
            + " was not answered: "
            + Shown.line(said, NOTHING_SECRET)
            + "; put it into another batch");
  }

  private static BatchResult failed(String id, KaleException failure) {
    return new BatchResult(id, Optional.empty(), Optional.of(failure));
  }

  private InvalidInputException problem(String what) {
    return new InvalidInputException(
        file.toString(), number, "the line " + what + "; fetch the file again, or ask again");
  }
}
