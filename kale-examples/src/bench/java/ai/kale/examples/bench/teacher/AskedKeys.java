package ai.kale.examples.bench.teacher;

import ai.kale.spi.TeacherModel.Prompt;
import ai.kale.tck.ChatRequest;
import ai.kale.teacher.ReplyJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server is asked, by the keys of the journal. */
final class AskedKeys {
  private static final Pattern KEY = Pattern.compile("\"key\":\"([0-9a-f]{64})\"");

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final String teacherId;

  AskedKeys(String teacherId) {
    this.teacherId = teacherId;
  }

  /** The text of a reply: the answer in a sentence, in one of twenty cases not at first. */
  String answer(ChatRequest request) {
    String key =
        ReplyJournal.key(
            teacherId, new Prompt(request.system(), request.user(), FaultsRun.MAX_TOKENS, 0));
    asked.add(key);
    boolean wrong = key.hashCode() % 20 == 0 && !request.user().contains("misses-answer");
    return wrong
        ? "Nobody knows what is next to it."
        : request
            .user()
            .replaceAll("(?s).*<answer>\"(M[0-9]+)\".*", "Next to it there is $1, as is known.");
  }

  /** Which of these keys were asked since the last look. */
  Set<String> askedAgain(Set<String> paid) {
    Set<String> again = new HashSet<>(asked);
    asked.clear();
    again.retainAll(paid);
    return again;
  }

  /** The keys of all whole lines of a journal, read beside the run that writes them. */
  static Set<String> journalled(Path journal) throws IOException {
    Set<String> keys = new HashSet<>();
    if (Files.exists(journal)) {
      String text = Files.readString(journal, StandardCharsets.ISO_8859_1);
      Matcher matcher = KEY.matcher(text.substring(0, text.lastIndexOf('\n') + 1));
      while (matcher.find()) {
        keys.add(matcher.group(1));
      }
    }
    return keys;
  }
}
