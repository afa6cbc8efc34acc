package ai.kale.spi;

import java.util.Map;

/**
 * Makes a teacher from settings; found with {@link java.util.ServiceLoader}, see {@link Providers}.
 */
public interface TeacherProvider {
  /** A short stable name such as {@code "template"}. */
  String name();

  /**
   * Makes a teacher.
   *
   * @param settings names and values, as the provider documents them
   * @return the teacher
   * @throws ai.kale.error.SetupException if a setting is missing or wrong
   */
  TeacherModel create(Map<String, String> settings);
}
