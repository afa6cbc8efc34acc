package ai.kale.teacher.openai;

import ai.kale.error.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A key that nothing shows: not {@link #toString}, no getter, no serial form. Two keys are equal
 * only if they are the same object. No message of this class holds the key, nor what was given in
 * its place by mistake.
 */
public final class ApiKey {
  private static final int LONGEST = 16_384;

  private final String value;

  private ApiKey(String value) {
    this.value = value;
  }

  /**
   * A key as text. Prefer {@link #fromEnvironment} and {@link #fromFile}: what stands in a program
   * ends up in its repository.
   *
   * @param key visible ASCII characters without blanks
   * @return the key
   * @throws SetupException if it is empty or holds anything else
   */
  public static ApiKey of(String key) {
    return checked(key, "the key");
  }

  /**
   * The key in an environment variable.
   *
   * @param name of the variable
   * @return the key
   * @throws SetupException if there is no such variable or it holds no key
   */
  public static ApiKey fromEnvironment(String name) {
    boolean usual = name.matches("[A-Z_][A-Z0-9_]{0,63}");
    // A key given in place of a name must not show up in the message.
    String shown = usual ? "the environment variable " + name : "the environment variable named";
    String key;
    try {
      key = System.getenv(name);
    } catch (SecurityException e) {
      key = null;
    }
    if (key == null) {
      throw new SetupException(
          shown
              + " is not set; set it to the key"
              + (usual ? "" : ", and give the name of the variable here, not the key"));
    }
    return checked(key.strip(), shown);
  }

  /**
   * The key in a file that holds nothing else; white space around it does not matter.
   *
   * @param file readable by this process only, at best
   * @return the key
   * @throws SetupException if the file cannot be read or holds no key
   */
  public static ApiKey fromFile(Path file) {
    String shown = shown(file);
    try {
      if (Files.size(file) > LONGEST) {
        throw new SetupException(shown + " is too large to be a key; is it the right file?");
      }
      return checked(Files.readString(file, StandardCharsets.US_ASCII).strip(), shown);
    } catch (IOException | SecurityException e) {
      // The message of e may be the path: a key, if that was given by mistake.
      throw new SetupException(
          shown + " cannot be read (" + e.getClass().getSimpleName() + "); check its path");
    }
  }

  private static String shown(Path file) {
    return Files.exists(file) ? "the key file " + file : "the key file";
  }

  private static ApiKey checked(String key, String what) {
    if (key.isEmpty()) {
      throw new SetupException(what + " is empty; set it to the key");
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
        throw new SetupException(
            what
                + " holds a character that no key has, at position "
                + (i + 1)
                + ": a blank, a line break, a control character or one outside ASCII; copy the key"
                + " again");
      }
    }
    if (key.length() > LONGEST) {
      throw new SetupException(what + " is too long to be a key; copy the key again");
    }
    return new ApiKey(key);
  }

  /** For the request's header and the {@link Redactor} only. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
