package ai.kale.tck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The HTTP/1.1 of one connection, kept alive until somebody closes it. */
final class ChatConnection {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DRIPS = 8;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  ChatConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** The next request, or nothing if the client has gone. */
  Optional<ChatRequest> next() throws IOException {
    String requestLine = line();
    if (requestLine.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String path = requestLine.split(" ")[1];
    JsonNode messages = body.isEmpty() ? JSON.nullNode() : JSON.readTree(body).path("messages");
    return Optional.of(
        new ChatRequest(
            path, headers, body, content(messages, "system"), content(messages, "user")));
  }

  private static String content(JsonNode messages, String role) {
    for (JsonNode message : messages) {
      if (message.path("role").asText().equals(role)) {
        return message.path("content").asText();
      }
    }
    return "";
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  void send(ChatReply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    byte[] head = head(reply, body.length);
    byte[] both = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, both, head.length, body.length);
    out.write(both);
    out.flush();
  }

  /** Sends the first half of a body and closes. */
  void sendHalf(ChatReply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    out.write(head(reply, body.length));
    out.write(body, 0, body.length / 2);
    out.flush();
    socket.close();
  }

  /** Sends a body in eight parts. */
  void sendSlowly(ChatReply reply, long millis) throws IOException, InterruptedException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    out.write(head(reply, body.length));
    for (int i = 0; i < DRIPS; i++) {
      Thread.sleep(millis / DRIPS);
      int from = body.length * i / DRIPS;
      out.write(body, from, body.length * (i + 1) / DRIPS - from);
      out.flush();
    }
  }

  /** Closes so that the client's next read fails. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static byte[] head(ChatReply reply, int length) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(reply.status()).append(" scripted\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    reply
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
